/* Calls: any callee, the instructions, and calls from C.
 *
 * Arguments of a Python function move into its window and die with its locals. Every other callee gets them borrowed;
 * they stay with the caller and die after the call, as in CPython. */
#include "vm/objects/help.h"

#include "gc/collect.h"
#include "vm/loop.h"

#define STACK_STEP 8192u /* words committed at a time */
#define FRAME_STEP 256u  /* activation records committed at a time */

/* --- stack and depth ------------------------------------------------------------------------------------------------ */

int ou_stack_ensure(OuVM *vm, OuValue *end) {
    while (end > vm->stack_limit) {
        if (vm->stack_limit + OU_STACK_SLACK + STACK_STEP > vm->stack_end) {
            return ou_raised(ou_raise(vm, OU_EXC_RecursionError, "maximum recursion depth exceeded"));
        }
        if (!ou_heap_reserve(&vm->heap, STACK_STEP * sizeof(OuValue))) { return ou_raised(ou_raise_memory(vm)); }
        vm->stack_charged += STACK_STEP * sizeof(OuValue);
        vm->stack_limit += STACK_STEP;
    }
    return 0;
}

int ou_depth_check(OuVM *vm, uint32_t levels, const char *where) {
    char here;
    if (vm->depth + levels <= vm->recursion_limit && (uintptr_t)&here >= vm->c_stack_limit) { return 0; }
    return ou_raised(ou_raise(vm, OU_EXC_RecursionError, "maximum recursion depth exceeded%s", where));
}

int ou_enter(OuVM *vm, const char *where) {
    if (ou_depth_check(vm, 1, where) < 0) { return -1; }
    vm->depth++;
    return 0;
}

OuValue *ou_regs_open(OuVM *vm, uint32_t count) {
    OuValue *regs = vm->top;
    if (ou_stack_ensure(vm, regs + count) < 0) { return NULL; }
    for (uint32_t i = 0; i < count; i++) { regs[i] = OU_NOTHING; }
    vm->top = regs + count;
    return regs;
}

OuValue *ou_regs_hold_take(OuVM *vm, OuValue value) {
    OuValue *regs = value != OU_NOTHING ? ou_regs_open(vm, 1) : NULL;
    if (regs != NULL) {
        regs[0] = value;
    } else {
        ou_drop(vm, value);
    }
    return regs;
}

void ou_registers_release(OuVM *vm, OuValue *from, OuValue *end) {
    for (; from < end; from++) { ou_reg_set(vm, from, OU_EMPTY_TEMP); }
}

OuValue ou_registers_release_under(OuVM *vm, OuValue *from, OuValue *end, OuValue kept) {
    bool any = false;
    for (OuValue *reg = from; reg < end; reg++) { any |= ou_is_cell(*reg); }
    if (!any) { return kept; }
    OuValue *top = vm->top, *parked = end > top ? end : top;
    parked[0] = kept;
    parked[1] = ou_take_pending(vm);
    vm->top = parked + 2;
    ou_registers_release(vm, from, end);
    OuValue pending = parked[1];
    parked[0] = parked[1] = OU_EMPTY_TEMP;
    vm->top = top;
    ou_restore_pending_take(vm, pending);
    return kept;
}

OuValue ou_regs_close_keeping(OuVM *vm, OuValue *regs, OuValue kept) {
    ou_registers_release_under(vm, regs, vm->top, kept);
    vm->top = regs;
    return kept;
}

void ou_regs_close(OuVM *vm, OuValue *regs) { ou_regs_close_keeping(vm, regs, OU_NOTHING); }

/* --- frames -------------------------------------------------------------------------------------------------------- */

OuFrame *ou_frame_push(OuVM *vm, OuCode *code, OuFunction *func, OuValue *base, OuCont cont, uint8_t flags) {
    OuFrame *frame = vm->frame + 1;
    if (vm->depth >= vm->recursion_limit || frame >= vm->frames_end) {
        ou_raise(vm, OU_EXC_RecursionError, "maximum recursion depth exceeded");
        return NULL;
    }
    if (frame >= vm->frames_limit) {
        if (!ou_heap_reserve(&vm->heap, FRAME_STEP * sizeof(OuFrame))) { return ou_no_memory(vm); }
        vm->stack_charged += FRAME_STEP * sizeof(OuFrame);
        vm->frames_limit =
            vm->frames_limit + FRAME_STEP > vm->frames_end ? vm->frames_end : vm->frames_limit + FRAME_STEP;
    }
    if (ou_stack_ensure(vm, base + code->registers) < 0) { return NULL; }
    *frame = (OuFrame){.base = base,
                       .pc = code->instructions,
                       .code = code,
                       .func = func,
                       .globals = ou_as_dict(code->globals),
                       .cont = (uint8_t)cont,
                       .flags = flags};
    vm->top = base + code->registers;
    vm->frame = frame;
    vm->depth++;
    return frame;
}

/* Pushes a frame whose parameters are owned at `base`. -1 raised: they stay owned there. `dst` as OU_CONT_STORE wants. */
static int push_bound(OuVM *vm, OuFunction *func, OuValue *base, OuCont cont, uint8_t flags, uint16_t dst) {
    OuCode *code = ou_function_code(func);
    OuFrame *frame = ou_frame_push(vm, code, func, base, cont, flags);
    if (frame == NULL) { return -1; }
    frame->dst = dst;
    for (uint32_t i = ou_code_parameters(code); i < code->named; i++) { base[i] = OU_NOTHING; }
    for (uint32_t i = 0; i < code->far_count; i++) { base[OU_FAR_BASE + i] = OU_NOTHING; }
    if (code->far_count) {
        for (uint32_t i = code->named; i < OU_FAR_BASE; i++) { base[i] = OU_EMPTY_TEMP; }
    }
    if (flags & OU_FRAME_OWNS_FUNC) { ou_incref_cell(func); }
    return 0;
}

/* Turns the frame just pushed into a generator object and pops it. OU_NOTHING: raised, the frame is gone. */
static OuValue generator_from_frame(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue *base = frame->base;
    OuValue generator = ou_generator_new(vm, frame);
    if (generator == OU_NOTHING) { ou_registers_release_under(vm, base, base + frame->code->named, OU_NOTHING); }
    uint8_t flags = frame->flags;
    OuFunction *func = frame->func;
    vm->depth--;
    vm->frame = frame - 1;
    vm->top = flags & OU_FRAME_ENTRY ? base : vm->frame->base + vm->frame->code->registers;
    if (flags & OU_FRAME_OWNS_FUNC) { ou_drop(vm, ou_word(func)); } /* the generator holds it, or the caller does */
    return generator;
}

/* --- any callee ----------------------------------------------------------------------------------------------------------------- */

static void shift_in(OuValue *args, uint32_t nargs, OuValue self_owned) {
    memmove(args + 1, args, nargs * sizeof *args);
    args[0] = self_owned;
}

/* Instances of classes whose construction is object.__new__ and a Python __init__ need no C recursion. */
static int call_type(OuVM *vm, OuType *type, OuValue *args, uint32_t nargs, OuValue kwnames, bool may_push,
                     OuValue *out) {
    bool plain = may_push && type->flags & OU_TYPE_PLAIN_INIT;
    OuValue init = plain ? ou_type_lookup(vm, type, vm->names[OU_NAME_init]) : OU_NOTHING;
    OuFunction *func = ou_as_function(init);
    if (!ou_is_kind(init, OU_KIND_FUNCTION) || ou_function_code(func)->flags & OU_UNIT_GENERATOR) {
        *out = ou_type_call(vm, type, args, nargs, kwnames);
        return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
    }
    OuInstance *instance = ou_instance_new(vm, type);
    OuCode *code = ou_function_code(func);
    OuValue *saved = vm->top, *base = saved < args + nargs ? args + nargs : saved;
    if (instance == NULL || ou_stack_ensure(vm, base + nargs + 2 + code->registers) < 0) {
        return ou_raised(ou_dropped(vm, ou_word(instance)));
    }
    base[0] = ou_incref(ou_word(instance));
    for (uint32_t i = 0; i < nargs; i++) { base[i + 1] = ou_incref(args[i]); }
    vm->top = base + nargs + 1;
    bool simple = code->simple_args == (int32_t)nargs + 1 && kwnames == OU_NOTHING;
    if ((simple || ou_bind(vm, func, base, nargs + 1, kwnames) == 0) &&
        push_bound(vm, func, base, OU_CONT_INIT, OU_FRAME_OWNS_FUNC, 0) == 0) {
        vm->frame->hold = ou_word(instance);
        return OU_PUSHED;
    }
    *vm->top++ = ou_word(instance);
    ou_regs_close(vm, base);
    vm->top = saved;
    return OU_RAISED;
}

/* Calls callee with owned args at `args` (free stack behind them). PUSHED: a frame with `cont` runs, the arguments moved
 * into it or are borrowed by it; DONE: *out; the arguments are still owned at args (their number may have grown: *count). */
static int call_any(OuVM *vm, OuValue callee, OuValue *args, uint32_t *count, OuValue kwnames, OuCont cont,
                    uint8_t flags, uint16_t dst, OuValue *out) {
    uint32_t nargs = *count;
    if (ou_is_cell(callee)) {
        switch (ou_cell(callee)->kind) {
        case OU_KIND_FUNCTION: {
            OuFunction *func = ou_as_function(callee);
            if (ou_function_code(func)->simple_args != (int32_t)nargs || kwnames != OU_NOTHING) {
                if (ou_bind(vm, func, args, nargs, kwnames) < 0) { return OU_RAISED; }
                *count = ou_code_parameters(ou_function_code(func));
            }
            bool generator = (ou_function_code(func)->flags & OU_UNIT_GENERATOR) != 0;
            if (push_bound(vm, func, args, cont, generator ? 0 : flags, dst) < 0) { return OU_RAISED; }
            if (generator) {
                OuValue *top = args;
                *out = generator_from_frame(vm);
                *count = 0;
                if (vm->top < top && (flags & OU_FRAME_ENTRY)) { vm->top = top; }
                return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
            }
            return OU_PUSHED;
        }
        case OU_KIND_METHOD: {
            OuMethod *method = ou_as_method(callee);
            shift_in(args, nargs, ou_incref(method->self));
            *count = nargs + 1;
            /* The function lives as long as the method, which the caller holds. */
            return call_any(vm, method->func, args, count, kwnames, cont, flags, dst, out);
        }
        case OU_KIND_NATIVE: {
            OuNative *native = ou_as_native(callee);
            uint32_t self_count = native->self != OU_NOTHING;
            if (self_count) {
                shift_in(args, nargs, ou_incref(native->self));
                *count = ++nargs;
            }
            *out = ou_native_call(vm, native, args, nargs, self_count, kwnames);
            return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
        }
        case OU_KIND_METHOD_DESCRIPTOR: {
            OuNative *native = ou_as_native(callee);
            uint32_t keywords = ou_keyword_count(kwnames);
            if (nargs == keywords) {
                return ou_raised_type(vm, "unbound method %K.%s() needs an argument", native->owner, native->def->name);
            }
            if (!ou_type_is_subtype(ou_type_of(vm, args[0]), native->owner)) {
                return ou_raised_type(vm, "descriptor '%s' for '%K' objects doesn't apply to a '%T' object",
                                      native->def->name, native->owner, args[0]);
            }
            *out = ou_native_call(vm, native, args, nargs, 1, kwnames);
            return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
        }
        case OU_KIND_TYPE:
            return call_type(vm, ou_as_type(callee), args, nargs, kwnames,
                             !(flags & OU_FRAME_ENTRY) && cont == OU_CONT_STORE, out);
        default: break;
        }
    }
    OuType *type = ou_type_of(vm, callee);
    if (ou_slot_is_python(type, OU_SLOT_CALL)) {
        OuValue method = ou_type_lookup(vm, type, vm->names[OU_NAME_call]);
        if (ou_is_kind(method, OU_KIND_FUNCTION)) {
            /* As any method whose object the caller holds; the function is held by the frame. */
            shift_in(args, nargs, ou_incref(callee));
            *count = nargs + 1;
            return call_any(vm, method, args, count, kwnames, cont, flags | OU_FRAME_OWNS_FUNC, dst, out);
        }
    }
    if (type->slots.call == NULL) { return ou_raised_type(vm, "'%T' object is not callable", callee); }
    *out = type->slots.call(vm, callee, args, nargs, kwnames);
    return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
}

/* --- the CALL instructions ------------------------------------------------------------------------------------------------------------ */

static uint32_t window_size(const OuFrame *frame) {
    uint32_t word = *frame->pc;
    switch (ou_op_of(word)) {
    case OP_CALL_METHOD:
    case OP_CALL_METHOD_KW:
    case OP_CALL_EX: return 2u + ou_op_b(word);
    default: return 1u + ou_op_b(word);
    }
}

/* Releases `count` words from window[1] on, then the callee; the result ends up in its destination. */
static void end_call(OuVM *vm, OuFrame *frame, uint32_t count, OuValue result) {
    uint32_t word = *frame->pc;
    OuValue *window = &frame->base[ou_op_a(word)];
    OuValue callee = window[0];
    window[0] = result;
    for (uint32_t i = 1; i <= count; i++) {
        OuValue dead = window[i];
        window[i] = OU_EMPTY_TEMP;
        if (ou_is_cell(dead)) {
            if (ou_cell(dead)->count == 1 && ou_is_cell(callee)) {
                /* The callee is rooted while the argument dies. */
                OuValue *parked = vm->top++;
                *parked = callee;
                ou_drop(vm, dead);
                *parked = OU_EMPTY_TEMP;
                vm->top--;
            } else {
                ou_drop(vm, dead);
            }
        }
    }
    ou_drop(vm, callee);
    uint32_t dst = ou_op_c(word);
    if (dst != ou_op_a(word)) {
        result = window[0];
        window[0] = OU_EMPTY_TEMP;
        ou_reg_set(vm, &frame->base[dst], result);
    }
}

void ou_finish_call(OuVM *vm, OuFrame *frame, OuValue result) { end_call(vm, frame, window_size(frame) - 1, result); }

int ou_op_call(OuVM *vm) {
    if (vm->heap.pending && ou_safepoint(vm) < 0) { return OU_RAISED; }
    OuFrame *frame = vm->frame;
    uint32_t *pc = frame->pc;
    uint32_t op = ou_op_of(*pc), nargs = ou_op_b(*pc);
    OuValue *window = &frame->base[ou_op_a(*pc)], *args = window + 1;
    uint32_t skipped = 0;
    if (op == OP_CALL_METHOD || op == OP_CALL_METHOD_KW) {
        if (*args == OU_NOTHING) {
            args++;
            skipped = 1;
        } else {
            nargs++;
        }
    }
    OuValue kwnames =
        op == OP_CALL_KW || op == OP_CALL_METHOD_KW ? ou_as_tuple(frame->code->constants)->items[pc[1]] : OU_NOTHING;
    OuValue out;
    int outcome = call_any(vm, window[0], args, &nargs, kwnames, OU_CONT_STORE, 0, ou_op_c(*pc), &out);
    if (outcome == OU_DONE) {
        end_call(vm, frame, skipped + nargs, out);
    } else if (outcome == OU_RAISED && nargs + skipped + 1 > window_size(frame)) {
        /* A self that was put in front may lie beyond the window's own temporaries. */
        for (uint32_t i = window_size(frame); i <= nargs + skipped; i++) {
            if (&window[i] >= frame->base + frame->code->registers) {
                OuValue pending = ou_take_pending(vm);
                ou_reg_set(vm, &window[i], OU_EMPTY_TEMP);
                ou_restore_pending_take(vm, pending);
            }
        }
    }
    return outcome;
}

int ou_op_call_native_method(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t word = *frame->pc, nargs = ou_op_b(word);
    OuValue *window = &frame->base[ou_op_a(word)];
    OuNative *native = ou_as_native(window[0]);
    const OuNativeDef *def = native->def;
    if (vm->heap.pending || def->keywords != NULL || def->style == OU_ARGS_RAW || nargs < (uint32_t)def->min ||
        (def->max >= 0 && nargs > (uint32_t)def->max) ||
        !ou_type_is_subtype(ou_type_of(vm, window[1]), native->owner)) {
        return ou_op_call(vm);
    }
    OuValue result = ou_native_run(vm, def, window + 1, nargs + 1);
    if (result == OU_NOTHING) { return OU_RAISED; }
    end_call(vm, frame, nargs + 1, result);
    return OU_DONE;
}

int ou_op_call_ex(OuVM *vm) {
    if (vm->heap.pending && ou_safepoint(vm) < 0) { return OU_RAISED; }
    OuFrame *frame = vm->frame;
    OuValue *window = &frame->base[ou_op_a(*frame->pc)];
    OuTuple *tuple = ou_as_tuple(window[1]);
    OuDict *dict = ou_op_b(*frame->pc) ? ou_as_dict(window[2]) : NULL;
    uint32_t positional = (uint32_t)ou_tuple_length(tuple), keywords = dict != NULL ? dict->live : 0;
    uint32_t nargs = positional + keywords;
    OuValue *saved = vm->top;
    OuValue *regs = ou_regs_open(vm, nargs + 2);
    if (regs == NULL) { return OU_RAISED; }
    OuValue *args = regs + 1;
    OuValue kwnames = OU_NOTHING;
    for (uint32_t i = 0; i < positional; i++) { args[i] = ou_incref(tuple->items[i]); }
    if (keywords) {
        OuTuple *names = ou_tuple_new(vm, keywords);
        if (names == NULL) { return ou_regs_status(vm, regs, OU_RAISED); }
        kwnames = ou_word(names);
        regs[0] = kwnames;
        OuValue key, value;
        for (uint32_t at = 0, i = 0; ou_dict_next(dict, &at, &key, &value); i++) {
            ou_slot_init(&names->items[i], ou_incref(key));
            args[positional + i] = ou_incref(value);
        }
    }
    OuValue out;
    /* From here the arguments are the top of the stack; the names lie below them and are released last. */
    int outcome = call_any(vm, window[0], args, &nargs, kwnames, OU_CONT_VALUE, 0, 0, &out);
    if (outcome == OU_PUSHED) {
        regs[0] = OU_EMPTY_TEMP;
        vm->frame->hold = kwnames;
        vm->frame->flags |= kwnames != OU_NOTHING ? OU_FRAME_HOLDS : 0;
        return OU_PUSHED;
    }
    OuValue *end = args + nargs;
    vm->top = end > vm->top ? end : vm->top;
    if (outcome == OU_DONE) {
        ou_registers_release_under(vm, regs, vm->top, out);
        vm->top = saved;
        ou_finish_call(vm, frame, out);
        return OU_DONE;
    }
    ou_regs_close(vm, regs);
    vm->top = saved;
    return OU_RAISED;
}

/* --- calls from C ------------------------------------------------------------------------------------------------------------------------- */

int ou_push_call(OuVM *vm, OuValue function, const OuValue *args, uint32_t nargs, OuCont cont) {
    OuFunction *func = ou_as_function(function);
    OuValue *regs = ou_regs_open(vm, nargs);
    if (regs == NULL) { return OU_RAISED; }
    for (uint32_t i = 0; i < nargs; i++) { regs[i] = ou_incref(args[i]); }
    OuCode *code = ou_function_code(func);
    if ((code->simple_args != (int32_t)nargs && ou_bind(vm, func, regs, nargs, OU_NOTHING) < 0) ||
        push_bound(vm, func, regs, cont, OU_FRAME_OWNS_FUNC, 0) < 0) {
        return ou_regs_status(vm, regs, OU_RAISED);
    }
    if (code->flags & OU_UNIT_GENERATOR) {
        OuValue generator = generator_from_frame(vm);
        if (generator == OU_NOTHING) { return OU_RAISED; }
        vm->cont = (uint8_t)cont;
        vm->cont_hold = OU_NOTHING;
        int outcome = ou_continue(vm, generator);
        return outcome == OU_DONE ? OU_PUSHED : outcome; /* the caller's instruction is finished: enter it again */
    }
    return OU_PUSHED;
}

OuValue ou_call_kw(OuVM *vm, OuValue callable, const OuValue *args, uint32_t nargs, OuValue kwnames) {
    if (ou_depth_check(vm, 1, " while calling a Python object") < 0) { return OU_NOTHING; }
    OuValue *saved = vm->top;
    OuValue *regs = ou_regs_open(vm, nargs + 1);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = ou_incref(callable);
    for (uint32_t i = 0; i < nargs; i++) { regs[i + 1] = ou_incref(args[i]); }
    uint32_t count = nargs;
    OuValue out = OU_NOTHING;
    int outcome = call_any(vm, regs[0], regs + 1, &count, kwnames, OU_CONT_C, OU_FRAME_ENTRY, 0, &out);
    if (outcome == OU_PUSHED) {
        out = ou_run(vm);
        vm->top = regs + 1; /* parameters died with the frame */
    } else {
        vm->top = regs + 1 + count > vm->top ? regs + 1 + count : vm->top;
    }
    if (out != OU_NOTHING) { /* arguments, then the callee */
        ou_registers_release_under(vm, regs + 1, vm->top, out);
        ou_registers_release_under(vm, regs, regs + 1, out);
    } else {
        ou_regs_close(vm, regs);
    }
    vm->top = saved;
    return out;
}

OuValue ou_call(OuVM *vm, OuValue callable, const OuValue *args, uint32_t nargs) {
    return ou_call_kw(vm, callable, args, nargs, OU_NOTHING);
}
OuValue ou_call0(OuVM *vm, OuValue callable) { return ou_call_kw(vm, callable, NULL, 0, OU_NOTHING); }
OuValue ou_call1(OuVM *vm, OuValue callable, OuValue a) { return ou_call_kw(vm, callable, &a, 1, OU_NOTHING); }

OuValue ou_call2(OuVM *vm, OuValue callable, OuValue a, OuValue b) {
    OuValue args[2] = {a, b};
    return ou_call_kw(vm, callable, args, 2, OU_NOTHING);
}

OuValue ou_call_method(OuVM *vm, OuValue object, OuStr *name, const OuValue *args, uint32_t nargs) {
    OuValue *regs = ou_regs_hold_take(vm, ou_getattr(vm, object, name));
    return regs == NULL ? OU_NOTHING : ou_regs_close_keeping(vm, regs, ou_call(vm, regs[0], args, nargs));
}

int ou_find_special(OuVM *vm, OuValue object, OuStr *name, OuValue *out, bool *unbound) {
    OuType *type = ou_type_of(vm, object);
    OuValue method = ou_type_lookup(vm, type, name);
    if (method == OU_NOTHING) { return 0; }
    uint8_t kind = ou_kind(method);
    *unbound = kind == OU_KIND_FUNCTION || kind == OU_KIND_METHOD_DESCRIPTOR || kind == OU_KIND_WRAPPER_DESCRIPTOR;
    OuType *method_type = ou_type_of(vm, method);
    if (*unbound || method_type->slots.descr_get == NULL) {
        *out = ou_incref(method);
        return 1;
    }
    *out = method_type->slots.descr_get(vm, method, object, ou_word(type));
    return *out == OU_NOTHING ? -1 : 1;
}

int ou_call_special(OuVM *vm, OuValue object, OuStr *name, const OuValue *args, uint32_t nargs, OuValue *out) {
    OuValue method;
    bool unbound;
    int found = ou_find_special(vm, object, name, &method, &unbound);
    if (found <= 0) { return found; }
    OuValue *regs = ou_regs_hold_take(vm, method), list[8] = {object};
    if (regs == NULL) { return -1; }
    for (uint32_t i = 0; i < nargs; i++) { list[i + 1] = args[i]; } /* borrowed: the caller holds them */
    *out = ou_regs_close_keeping(vm, regs, ou_call(vm, method, list + !unbound, nargs + unbound));
    return *out == OU_NOTHING ? -1 : 1;
}

OuValue ou_run_code(OuVM *vm, OuCode *code, OuDict *locals, OuFunction *func) {
    OuValue *base = vm->top;
    OuFrame *frame = ou_frame_push(vm, code, func, base, OU_CONT_C, OU_FRAME_ENTRY);
    if (frame == NULL) { return OU_NOTHING; }
    for (uint32_t i = 0; i < code->registers; i++) { base[i] = i < code->named ? OU_NOTHING : OU_EMPTY_TEMP; }
    frame->hold = ou_incref(ou_word(code));
    if (locals != NULL) { frame->locals = ou_incref(ou_word(locals)); }
    return ou_run(vm);
}

void ou_stop(OuVM *vm) {
    vm->stopped = true;
    ou_raise_memory(vm);
}

int ou_charge_slow(OuVM *vm, uint64_t units) {
    if (vm->heap.pending & OU_PENDING_STEPS) {
        vm->steps_left -= units < INT32_MAX ? (int64_t)units : INT32_MAX;
        if (vm->steps_left < 0) {
            ou_stop(vm);
            return -1;
        }
    }
    if (vm->heap.pending & OU_PENDING_SIGNAL) {
        ou_heap_unrequest(&vm->heap, OU_PENDING_SIGNAL);
        ou_raise(vm, OU_EXC_KeyboardInterrupt, "");
        return -1;
    }
    return 0;
}

int ou_safepoint(OuVM *vm) {
    if (vm->interrupt_in > 0 && --vm->interrupt_in == 0) { ou_heap_request(&vm->heap, OU_PENDING_SIGNAL); }
    if (ou_charge_slow(vm, 0) < 0) { return -1; }
    if (vm->heap.pending) {
        OuValue exception = ou_take_pending(vm);
        ou_heap_safepoint(&vm->heap);
        ou_restore_pending_take(vm, exception);
    }
    return 0;
}
