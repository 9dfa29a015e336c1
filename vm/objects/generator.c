/* Generators: registers move onto the stack when one runs and back when it yields. */
#include "gc/collect.h"
#include "vm/lib/lib.h"
#include "vm/objects/help.h"
#include "vm/loop.h"

/* --- life ----------------------------------------------------------------------------------------------------- */

OuValue ou_generator_new(OuVM *vm, OuFrame *frame) {
    OuCode *code = frame->code;
    uint32_t count = code->registers;
    OuGenerator *self =
        (OuGenerator *)ou_cell_new(&vm->heap, OU_KIND_GENERATOR, sizeof(OuGenerator) + count * sizeof(OuValue));
    if (self == NULL) { return ou_raise_memory(vm); }
    self->cell.flags |= OU_FLAG_FINALIZER;
    self->birth = vm->heap.next_birth++;
    self->cell.aux = OU_GEN_CREATED;
    self->pc = code->instructions;
    self->count = count;
    self->named = code->named;
    ou_slot_init(&self->func, ou_incref(ou_word(frame->func)));
    for (uint32_t i = 0; i < count; i++) {
        bool used = i < code->named || (code->far_count && i >= OU_FAR_BASE);
        self->registers[i] = used ? frame->base[i] : OU_EMPTY_TEMP;
        frame->base[i] = OU_EMPTY_TEMP;
    }
    return ou_word(self);
}

/* Makes the generator the running frame; its yield has `value_take`, or OU_NOTHING when it goes on otherwise. 0 ok, -1
 * raised. */
static int resume(OuVM *vm, OuGenerator *self, OuValue value_take, OuCont cont, uint8_t flags) {
    OuFunction *func = ou_as_function(self->func);
    OuValue *base = vm->top;
    OuFrame *frame = ou_frame_push(vm, ou_function_code(func), func, base, cont, flags);
    if (frame == NULL) { return ou_raised(ou_dropped(vm, value_take)); }
    ou_heap_resuming(&vm->heap, &self->cell);
    memcpy(base, self->registers, self->count * sizeof(OuValue));
    memset(self->registers, 0, self->count * sizeof(OuValue));
    frame->pc = self->pc;
    frame->gen = self;
    frame->object = self->object;
    ou_incref_cell(self);
    if (self->object != NULL) {
        self->object->live = frame;
        self->object = NULL;
    }
    if (self->cell.aux == OU_GEN_SUSPENDED && value_take != OU_NOTHING) {
        OuValue *place = &base[ou_op_a(*self->pc)];
        OuValue old = *place;
        *place = value_take;
        if (ou_op_of(*self->pc) == OP_YIELD) { frame->pc++; }
        value_take = old;
    }
    self->cell.aux = OU_GEN_RUNNING;
    self->handled.outer = vm->handled;
    vm->handled = &self->handled;
    ou_drop(vm, value_take);
    return 0;
}

void ou_generator_suspend(OuVM *vm, OuFrame *frame) {
    OuGenerator *self = frame->gen;
    memcpy(self->registers, frame->base, self->count * sizeof(OuValue));
    for (uint32_t i = 0; i < self->count; i++) { frame->base[i] = OU_EMPTY_TEMP; }
    self->pc = frame->pc;
    self->cell.aux = OU_GEN_SUSPENDED;
    if (frame->object != NULL) {
        frame->object->live = NULL;
        self->object = frame->object;
        frame->object = NULL;
    }
    vm->handled = self->handled.outer;
    frame->gen = NULL;
    vm->depth--;
    vm->frame = frame - 1;
    vm->top = frame->flags & OU_FRAME_ENTRY ? frame->base : vm->frame->base + vm->frame->code->registers;
    ou_drop(vm, ou_word(self));
}

int ou_op_return_generator(OuVM *vm) {
    OuFrame *frame = vm->frame;
    bool entry = (frame->flags & OU_FRAME_ENTRY) != 0;
    frame->result = vm->top[0];
    vm->top[0] = OU_EMPTY_TEMP;
    OuValue result = ou_frame_end(vm, frame);
    if (entry) {
        vm->gen_result = result;
        return 2;
    }
    /* The FOR_ITER of the caller has its end. */
    frame = vm->frame;
    OuValue *iterator = &frame->base[ou_op_a(*frame->pc)];
    OuValue gone[2] = {result, *iterator};
    *iterator = OU_EMPTY_TEMP;
    ou_release_all(vm, gone, 2);
    frame->pc += 2;
    return OU_DONE;
}

/* --- running ---------------------------------------------------------------------------------------------------- */

static bool startable(OuVM *vm, OuGenerator *self) {
    if (self->cell.aux == OU_GEN_RUNNING) {
        ou_raise_value_error(vm, "generator already executing");
        return false;
    }
    return self->cell.aux != OU_GEN_DONE;
}

int ou_generator_push(OuVM *vm, OuGenerator *self) {
    if (!startable(vm, self)) { return vm->pending != OU_NOTHING ? OU_RAISED : 2; }
    return resume(vm, self, ou_incref(OU_NONE), OU_CONT_NEXT, 0) < 0 ? OU_RAISED : OU_PUSHED;
}

/* OU_NOTHING without an exception: returned, the value is in vm->gen_result (owned by the caller then), which is
 * OU_NOTHING when it was finished before. */
static OuValue send(OuVM *vm, OuGenerator *self, OuValue value) {
    vm->gen_result = OU_NOTHING;
    if (!startable(vm, self)) { return OU_NOTHING; }
    if (self->cell.aux == OU_GEN_CREATED && value != OU_NONE) {
        return ou_raise_type_error(vm, "can't send non-None value to a just-started generator");
    }
    return resume(vm, self, ou_incref(value), OU_CONT_C, OU_FRAME_ENTRY) < 0 ? OU_NOTHING : ou_run(vm);
}

/* Sends for `yield from`: 1 yielded (*out), 0 returned (*out the value), -1 raised. */
int ou_generator_delegate(OuVM *vm, OuGenerator *self, OuValue value, OuValue *out) {
    *out = send(vm, self, value);
    if (*out != OU_NOTHING) { return 1; }
    if (vm->pending != OU_NOTHING) { return -1; }
    *out = ou_reg_take(&vm->gen_result);
    if (*out == OU_NOTHING) { *out = ou_incref(OU_NONE); }
    return 0;
}

static OuValue delegate_of(const OuGenerator *self) {
    if (self->cell.aux == OU_GEN_SUSPENDED && ou_op_of(*self->pc) == OP_YIELD_FROM) {
        return self->registers[ou_op_b(*self->pc)];
    }
    return OU_NOTHING;
}

/* Resumes with an exception raised at the yield. Consumes it. */
static OuValue resume_raising(OuVM *vm, OuGenerator *self, OuValue exception_take) {
    vm->gen_result = OU_NOTHING;
    if (self->cell.aux == OU_GEN_DONE) {
        ou_restore_pending_take(vm, exception_take);
        return OU_NOTHING;
    }
    OuValue *regs = ou_regs_hold_take(vm, exception_take);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue value = OU_NOTHING;
    if (resume(vm, self, OU_NOTHING, OU_CONT_C, OU_FRAME_ENTRY) == 0) {
        /* The context can be what the generator itself handles, not what its caller does. */
        OuHandled *outer = self->handled.outer;
        self->handled.outer = NULL;
        ou_raise_take(vm, ou_reg_take(&regs[0]));
        self->handled.outer = outer;
        /* Either the frame has a handler and the loop goes on there, or it ends here. */
        value = ou_unwind(vm, true) ? ou_run(vm) : OU_NOTHING;
    }
    return ou_regs_result(vm, regs, value);
}

static OuValue result_of_throw(OuVM *vm, OuValue value) {
    if (value == OU_NOTHING && vm->pending == OU_NOTHING) {
        OuValue result = ou_reg_take(&vm->gen_result);
        ou_raise_stop_iteration(vm, result == OU_NOTHING ? OU_NONE : result);
        ou_drop(vm, result);
    }
    return value;
}

/* The delegate ended with a value or an exception: goes on in the delegating generator. */
static OuValue after_delegate(OuVM *vm, OuGenerator *self) {
    if (ou_pending_is(vm, OU_EXC_StopIteration)) {
        OuValue value = ou_take_stop_value(vm);
        /* yield from is over: its result is the value, its iterator goes. */
        OuValue *iterator = &self->registers[ou_op_b(*self->pc)], *place = &self->registers[ou_op_a(*self->pc)];
        OuValue gone[2] = {ou_reg_take(iterator), ou_reg_take(place)};
        *place = value;
        self->pc++;
        self->cell.aux = OU_GEN_RUNNING; /* for what the two run when they die */
        ou_release_all(vm, gone, 2);
        self->cell.aux = OU_GEN_SUSPENDED;
        vm->gen_result = OU_NOTHING;
        if (resume(vm, self, OU_NOTHING, OU_CONT_C, OU_FRAME_ENTRY) < 0) { return OU_NOTHING; }
        return ou_run(vm);
    }
    return resume_raising(vm, self, ou_take_pending(vm));
}

/* delegate.close(): -1 raised. */
static int close_delegate(OuVM *vm, OuValue delegate) {
    if (ou_is_kind(delegate, OU_KIND_GENERATOR)) { return ou_generator_close(vm, ou_as_generator(delegate)); }
    OuValue method;
    int found = ou_find_attr(vm, delegate, vm->names[OU_NAME_P_close], &method);
    if (found <= 0) { return found; }
    OuValue done = ou_call0(vm, method);
    ou_drop(vm, method);
    return ou_status_take(vm, done);
}

/* delegate.throw(exception in *reg): 1 called, *value is what it gave; 0 it has no throw; -1 raised. */
static int throw_into_delegate(OuVM *vm, OuValue delegate, OuValue *reg, OuValue *value) {
    if (ou_is_kind(delegate, OU_KIND_GENERATOR)) {
        *value = ou_generator_throw(vm, ou_as_generator(delegate), ou_reg_take(reg));
        return 1;
    }
    OuValue method;
    int found = ou_find_attr(vm, delegate, vm->names[OU_NAME_P_throw], &method);
    if (found > 0) {
        *value = ou_call1(vm, method, *reg);
        ou_drop(vm, method);
    }
    return found;
}

OuValue ou_generator_throw(OuVM *vm, OuGenerator *self, OuValue exception_take) {
    OuValue *regs = ou_regs_open(vm, 2); /* exception, delegate */
    if (regs == NULL) { return ou_dropped(vm, exception_take); }
    regs[0] = exception_take;
    OuValue value = OU_NOTHING;
    regs[1] = ou_incref(delegate_of(self));
    if (self->cell.aux == OU_GEN_RUNNING) {
        ou_raise_value_error(vm, "generator already executing");
    } else if (regs[1] == OU_NOTHING) {
        value = resume_raising(vm, self, ou_reg_take(&regs[0]));
    } else {
        bool exit = ou_type_is_subtype(ou_type_of(vm, regs[0]), vm->exceptions[OU_EXC_GeneratorExit]);
        self->cell.aux = OU_GEN_RUNNING;
        int found = exit ? close_delegate(vm, regs[1]) : throw_into_delegate(vm, regs[1], &regs[0], &value);
        self->cell.aux = OU_GEN_SUSPENDED;
        ou_drop(vm, ou_reg_take(&regs[1]));
        if (exit || found == 0) {
            value = resume_raising(vm, self, found < 0 ? ou_take_pending(vm) : ou_reg_take(&regs[0]));
        } else if (value == OU_NOTHING) {
            value = after_delegate(vm, self);
        }
    }
    value = result_of_throw(vm, value);
    return ou_regs_result(vm, regs, value);
}

int ou_generator_close(OuVM *vm, OuGenerator *self) {
    if (self->cell.aux == OU_GEN_DONE) { return 0; }
    OuValue exit = ou_exception_new(vm, vm->exceptions[OU_EXC_GeneratorExit], ou_incref(ou_word(vm->empty_tuple)));
    /* Without memory for it MemoryError goes in: cleanup has to run. */
    OuValue value = ou_generator_throw(vm, self, exit != OU_NOTHING ? exit : ou_take_pending(vm));
    if (value != OU_NOTHING) {
        ou_drop(vm, value);
        return ou_raised(ou_raise(vm, OU_EXC_RuntimeError, "generator ignored GeneratorExit"));
    }
    if (ou_pending_is(vm, OU_EXC_GeneratorExit) || ou_pending_is(vm, OU_EXC_StopIteration)) {
        ou_clear_pending(vm);
        return 0;
    }
    return -1;
}

/* --- operations ---------------------------------------------------------------------------------------------------- */

static uint32_t generator_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuGenerator *self = (OuGenerator *)cell;
    /* As if closed: temporaries last to first, then variables in order. The code may be dying with us, so the
     * number of named registers cannot be asked of it: it is kept here. */
    uint32_t named = self->named, near = self->count;
    out[0] = (OuSpan){&self->registers[near] - 1, near - named, -1};
    out[1] = (OuSpan){self->registers, named, 1};
    out[2] = (OuSpan){&self->handled.value, 1, 1};
    out[3] = (OuSpan){&self->func, 3, 1};
    return 4;
}

static OuCell *generator_owner(OuHeap *heap, OuCell *cell) { return (OuCell *)((OuGenerator *)cell)->object; }

static void generator_finalize(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    OuGenerator *self = (OuGenerator *)cell;
    if (self->cell.aux != OU_GEN_SUSPENDED || (!ou_generator_protected(self) && delegate_of(self) == OU_NOTHING)) {
        return;
    }
    OuValue pending = ou_take_pending(vm);
    if (ou_generator_close(vm, self) < 0) { ou_report_unraisable(vm, NULL, ou_word(self)); }
    ou_restore_pending_take(vm, pending);
}

static uint64_t generator_birth(OuHeap *heap, const OuCell *cell) { return ((const OuGenerator *)cell)->birth; }

static void generator_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    OuGenerator *self = (OuGenerator *)cell;
    if (span == 1) {
        ou_code_name_local(ou_function_code(ou_as_function(self->func)), index, "generator ", buffer, size);
    } else {
        snprintf(buffer, size, "%s",
                 span == 0   ? "temporary of the generator"
                 : span == 2 ? "handled exception"
                 : index > 0 ? "name"
                             : "function");
    }
}

const OuKindOps ou_generator_ops = {.name = "generator",
                                    .spans = generator_spans,
                                    .owner = generator_owner,
                                    .finalize = generator_finalize,
                                    .birth = generator_birth,
                                    .edge_name = generator_edge_name};

/* --- Python's view --------------------------------------------------------------------------------------------------- */

static OU_UNARY(generator_next) {
    OuValue item = send(vm, ou_as_generator(self), OU_NONE);
    if (item == OU_NOTHING && vm->pending == OU_NOTHING) {
        OuValue result = ou_reg_take(&vm->gen_result);
        if (result != OU_NOTHING && result != OU_NONE) { ou_raise_stop_iteration(vm, result); }
        ou_drop(vm, result);
    }
    return item;
}

static OU_NATIVE(generator_send) { return result_of_throw(vm, send(vm, ou_as_generator(args[0]), args[1])); }

static OU_NATIVE(generator_throw) {
    OuValue error = nargs == 2 && ou_is_exception(vm, args[1])
                        ? ou_incref(args[1])
                        : ou_library_method_in(vm, "_functions", "thrown", args + 1, nargs - 1);
    return error == OU_NOTHING ? OU_NOTHING : ou_generator_throw(vm, ou_as_generator(args[0]), error);
}

static OU_NATIVE(generator_close) { return ou_none_unless(ou_generator_close(vm, ou_as_generator(args[0]))); }

/* Its own name once that was set, else the function's. */
static OU_UNARY(generator_name) {
    OuGenerator *generator = ou_as_generator(self);
    return ou_incref(generator->name != OU_NOTHING ? generator->name
                                                   : ou_word(ou_function_name(ou_as_function(generator->func))));
}

static OU_UNARY(generator_qualname) {
    OuGenerator *generator = ou_as_generator(self);
    return ou_incref(generator->qualname != OU_NOTHING
                         ? generator->qualname
                         : ou_word(ou_function_qualname(ou_as_function(generator->func))));
}

static int set_text(OuVM *vm, OuValue *place, OuValue value, const char *what) {
    OuStr *text = ou_str_peek(vm, value);
    if (text == NULL) { return ou_raised_type(vm, "%s must be set to a string object", what); }
    ou_slot_set(&vm->heap, place, ou_incref(ou_word(text)));
    return 0;
}

static OU_SETTER(generator_set_name) { return set_text(vm, &ou_as_generator(self)->name, value, "__name__"); }
static OU_SETTER(generator_set_qualname) {
    return set_text(vm, &ou_as_generator(self)->qualname, value, "__qualname__");
}

static OU_UNARY(generator_repr) {
    OuValue name = generator_qualname(vm, self),
            text = ou_format(vm, "<generator object %S at 0x%lx>", name, (unsigned long)self);
    ou_drop(vm, name);
    return text;
}

static OU_UNARY(generator_running) { return ou_new_bool(ou_as_generator(self)->cell.aux == OU_GEN_RUNNING); }
static OU_UNARY(generator_suspended) { return ou_new_bool(ou_as_generator(self)->cell.aux == OU_GEN_SUSPENDED); }
static OU_UNARY(generator_code) { return ou_incref(ou_as_function(ou_as_generator(self)->func)->code); }
static OU_UNARY(generator_yield_from) { return ou_or_none(delegate_of(ou_as_generator(self))); }

static const OuNativeDef generator_methods[] = {
    {"send", generator_send, "Resumes the generator with a value as the result of its yield.", 1, 1},
    {"throw", generator_throw, "Raises an exception at the yield where the generator waits.", 1, 3},
    {"close", generator_close, "Raises GeneratorExit at the yield, so that cleanup runs."},
    OU_DEF_END};

static const OuGetSetDef generator_getsets[] = {{"__name__", generator_name, generator_set_name},
                                                {"__qualname__", generator_qualname, generator_set_qualname},
                                                {"gi_running", generator_running},
                                                {"gi_suspended", generator_suspended},
                                                {"gi_code", generator_code},
                                                {"gi_yieldfrom", generator_yield_from},
                                                OU_GETSET_END};

const OuNativeType ou_generator_type = {
    .final = true,
    .weakrefs = true,
    .slots = {.repr = generator_repr, .iter = ou_itself, .next = generator_next},
    .methods = generator_methods,
    .getsets = generator_getsets,
};
