/* Activation records, frame objects, tracebacks, and the way from a raised exception to its handler. */
#include "vm/objects/help.h"

#include <assert.h>

#include "vm/loop.h"
#include "vm/frame.h"

uint32_t ou_frame_at(const OuFrame *frame) { return (uint32_t)(frame->pc - frame->code->instructions); }

/* Registers of the window that the unwinder may have to release; far locals are no temporaries. */
static uint32_t near_end(const OuCode *code) { return code->far_count ? OU_FAR_BASE : code->registers; }

/* --- frame objects -------------------------------------------------------------------------------------------- */

OuFrameObject *ou_frame_object(OuVM *vm, OuFrame *frame) {
    if (frame->object != NULL) { return frame->object; }
    OuCode *code = frame->code;
    uint32_t count = code->named + code->far_count;
    OuFrameObject *self = ou_new_cell(vm, OU_KIND_FRAME, sizeof *self + count * sizeof(OuValue));
    if (self == NULL) { return NULL; }
    ou_slot_init(&self->code, ou_incref(ou_word(code)));
    ou_slot_init(&self->func, ou_incref(ou_word(frame->func)));
    ou_slot_init(&self->dict, ou_incref(frame->locals));
    self->count = count;
    self->live = frame;
    self->generator = frame->gen;
    frame->object = self;
    return self;
}

/* The frame ends but its object lives on: variables move in, and the object learns its caller. */
static void frame_escapes(OuVM *vm, OuFrame *frame) {
    OuFrameObject *self = frame->object;
    OuCode *code = frame->code;
    self->at = ou_frame_at(frame);
    self->live = NULL;
    self->generator = NULL;
    for (uint32_t i = 0; i < code->named; i++) {
        ou_slot_init(&self->locals[i], frame->base[i]);
        frame->base[i] = OU_EMPTY_TEMP;
    }
    for (uint32_t i = 0; i < code->far_count; i++) {
        ou_slot_init(&self->locals[code->named + i], frame->base[OU_FAR_BASE + i]);
        frame->base[OU_FAR_BASE + i] = OU_EMPTY_TEMP;
    }
    /* A generator's frame goes without its caller, as in CPython: whoever resumed it last does not live on with it. */
    if (frame->gen == NULL && frame > vm->frames + 1 && self->back == OU_NOTHING) {
        OuValue pending = ou_take_pending(vm);
        OuFrameObject *back = ou_frame_object(vm, frame - 1);
        if (back != NULL) {
            ou_slot_init(&self->back, ou_incref(ou_word(back)));
        } else {
            ou_clear_pending(vm); /* short of memory: the object goes without its caller */
        }
        ou_restore_pending_take(vm, pending);
    }
}

/* An object made for the frame while its variables died: nothing is left to move in. */
void ou_frame_drop_object(OuVM *vm, OuFrame *frame) {
    OuFrameObject *object = frame->object;
    object->live = NULL;
    object->generator = NULL;
    object->at = ou_frame_at(frame);
    frame->object = NULL;
    ou_drop(vm, ou_word(object));
}

OuValue ou_frame_end(OuVM *vm, OuFrame *frame) {
    OuCode *code = frame->code;
    bool escaped = false;
    if (frame->object != NULL) {
        OuFrameObject *object = frame->object;
        if (object->cell.count > 1) {
            frame_escapes(vm, frame);
            escaped = true;
        } else {
            object->live = NULL;
        }
        frame->object = NULL;
        ou_drop(vm, ou_word(object));
    }
    for (uint32_t i = 0; !escaped && i < code->named; i++) { ou_reg_set(vm, &frame->base[i], OU_EMPTY_TEMP); }
    for (uint32_t i = 0; !escaped && i < code->far_count; i++) {
        ou_reg_set(vm, &frame->base[OU_FAR_BASE + i], OU_EMPTY_TEMP);
    }
    ou_reg_set(vm, &frame->locals, OU_NOTHING);
    if (frame->gen != NULL) {
        OuGenerator *gen = frame->gen;
        gen->cell.aux = OU_GEN_DONE;
        vm->handled = gen->handled.outer;
        ou_reg_set(vm, &gen->handled.value, OU_NOTHING);
        frame->gen = NULL;
        ou_drop(vm, ou_word(gen));
    }
    if (frame->flags & OU_FRAME_OWNS_FUNC) {
        OuFunction *func = frame->func;
        frame->func = NULL;
        frame->flags &= (uint8_t)~OU_FRAME_OWNS_FUNC;
        /* The code stays reachable through hold until the frame is gone. */
        ou_drop(vm, ou_word(func));
    }
    while (frame->object != NULL) { ou_frame_drop_object(vm, frame); }
    OuValue result = ou_reg_take(&frame->result);
    vm->cont = frame->cont;
    OuValue hold = ou_reg_take(&frame->hold);
    vm->depth--;
    vm->frame = frame - 1;
    vm->top = frame->flags & OU_FRAME_ENTRY ? frame->base : vm->frame->base + vm->frame->code->registers;
    if (vm->cont == OU_CONT_INIT) {
        vm->cont_hold = hold;
    } else {
        ou_drop(vm, hold);
    }
    return result;
}

/* Ends an activation: named registers die in order or move into the frame object. Pops it. */
static void leave(OuVM *vm, OuFrame *frame) {
    frame->result = OU_NOTHING;
    ou_frame_end(vm, frame);
    ou_reg_set(vm, &vm->cont_hold, OU_NOTHING);
}

static uint32_t frame_line(const OuFrameObject *self) {
    uint32_t at = self->at;
    if (self->live != NULL) {
        at = ou_frame_at(self->live);
    } else if (self->generator != NULL && self->generator->pc != NULL) {
        at = (uint32_t)(self->generator->pc - ou_as_code(self->code)->instructions);
    }
    return ou_code_line(ou_as_code(self->code), at);
}

static uint32_t frame_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    OuFrameObject *self = (OuFrameObject *)cell;
    out[0] = (OuSpan){self->locals, self->count, 1};
    out[1] = (OuSpan){&self->back, 4, 1};
    return 2;
}

static void frame_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    static const char *const fixed[] = {"calling frame", "code", "function", "namespace"};
    OuFrameObject *self = (OuFrameObject *)cell;
    if (span == 1) {
        snprintf(buffer, size, "%s", fixed[index]);
        return;
    }
    ou_code_name_local(ou_as_code(self->code), index, "", buffer, size);
    size_t length = strlen(buffer);
    snprintf(buffer + length, size - length, " line %u", frame_line(self));
}

const OuKindOps ou_frame_ops = {.name = "frame", .spans = frame_spans, .edge_name = frame_edge_name};

/* --- tracebacks ------------------------------------------------------------------------------------------------ */

uint32_t ou_traceback_line(const OuTraceback *self) {
    return ou_code_line(ou_as_code(ou_as_frame_object(self->frame)->code), self->at);
}

void ou_traceback_add(OuVM *vm, OuFrame *frame) {
    OuValue exception = ou_take_pending(vm);
    OuFrameObject *object = ou_frame_object(vm, frame);
    OuTraceback *entry =
        object != NULL ? (OuTraceback *)ou_cell_new(&vm->heap, OU_KIND_TRACEBACK, sizeof *entry) : NULL;
    if (entry != NULL) {
        OuValue *place = ou_exception_field(exception, OU_EXC_TRACEBACK);
        entry->at = ou_frame_at(frame);
        ou_slot_init(&entry->frame, ou_incref(ou_word(object)));
        ou_slot_init(&entry->next, ou_slot_take(&vm->heap, place));
        ou_slot_init(place, ou_word(entry));
    } else if (!ou_type_is_subtype(ou_type_of(vm, exception), vm->exceptions[OU_EXC_MemoryError])) {
        ou_raise_memory(vm); /* as in CPython, the lack of memory is what is reported then */
        ou_drop(vm, exception);
        return;
    }
    ou_clear_pending(vm);
    ou_restore_pending_take(vm, exception);
}

OU_KIND_OF_FIELDS(ou_traceback_ops, "traceback", OuTraceback, next, 2, 1, "inner traceback entry",
                  "frame of the traceback")

/* --- unwinding --------------------------------------------------------------------------------------------------- */

/* The operands of the instruction that failed die first, in the order in which they were evaluated; then the others, last
 * to first. */
static void release_temporaries(OuVM *vm, OuFrame *frame, uint32_t down_to) {
    uint32_t word = *frame->pc, end = near_end(frame->code), low = end;
    const char *roles = ou_op_info[ou_op_of(word)].roles;
    for (int i = 0; i < 3; i++) {
        uint32_t reg = word >> (8 * (i + 1)) & 0xff;
        if (roles[i] == 's' && reg >= down_to && reg < low) { low = reg; }
    }
    for (uint32_t i = low; i < end; i++) { ou_reg_set(vm, &frame->base[i], OU_EMPTY_TEMP); }
    for (uint32_t i = end; i-- > down_to;) { ou_reg_set(vm, &frame->base[i], OU_EMPTY_TEMP); }
}

static const OuHandler *find_handler(const OuCode *code, uint32_t at) {
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const OuHandler *handler = &code->handlers[i];
        if (at >= handler->start && at < handler->end) { return handler; }
    }
    return NULL;
}

bool ou_generator_protected(const OuGenerator *self) {
    const OuCode *code = ou_function_code(ou_as_function(self->func));
    return self->pc != NULL && find_handler(code, (uint32_t)(self->pc - code->instructions)) != NULL;
}

void ou_frame_abort(OuVM *vm) {
    release_temporaries(vm, vm->frame, vm->frame->code->named);
    leave(vm, vm->frame);
}

/* An AttributeError on its way out of the reading of an attribute learns which one was read, as in CPython. */
static void name_attribute(OuVM *vm, const OuFrame *frame) {
    uint32_t word = *frame->pc;
    if ((ou_op_of(word) == OP_LOAD_ATTR || ou_op_of(word) == OP_LOAD_METHOD) &&
        ou_pending_is(vm, OU_EXC_AttributeError)) {
        ou_pending_about(vm, ou_as_tuple(frame->code->names)->items[frame->pc[1] & 0xffff], frame->base[ou_op_b(word)]);
    }
}

bool ou_unwind(OuVM *vm, bool add) {
    for (;;) {
        OuFrame *frame = vm->frame;
        assert(ou_is_cell(vm->pending));
        name_attribute(vm, frame);
        if (add) { ou_traceback_add(vm, frame); }
        add = true;
        const OuHandler *handler = vm->stopped ? NULL : find_handler(frame->code, ou_frame_at(frame));
        if (handler != NULL) {
            release_temporaries(vm, frame, handler->depth);
            assert(ou_is_cell(vm->pending));
            frame->base[handler->depth] = ou_take_pending(vm);
            frame->pc = frame->code->instructions + handler->target;
            return true;
        }
        release_temporaries(vm, frame, frame->code->named);
        assert(ou_is_cell(vm->pending));
        bool entry = (frame->flags & OU_FRAME_ENTRY) != 0;
        if (frame->gen != NULL && ou_pending_is(vm, OU_EXC_StopIteration)) {
            /* A generator may not let it out: it would end the caller's loop in silence. */
            ou_raise_from_pending(vm, OU_EXC_RuntimeError, "generator raised StopIteration");
        }
        leave(vm, frame);
        assert(ou_is_cell(vm->pending));
        if (entry) { return false; }
        if (vm->cont == OU_CONT_NEXT && ou_pending_is(vm, OU_EXC_StopIteration)) {
            /* __next__ ended the loop of the caller. */
            frame = vm->frame;
            ou_clear_pending(vm);
            OuValue *iterator = &frame->base[ou_op_a(*frame->pc)];
            ou_reg_set(vm, iterator, OU_EMPTY_TEMP);
            frame->pc += 2;
            return true;
        }
    }
}

/* --- frames and tracebacks as Python sees them ---------------------------------------------------------------- */

static OuValue frame_back(OuVM *vm, OuValue value) {
    OuFrameObject *self = ou_as_frame_object(value);
    if (self->live != NULL && self->live > vm->frames + 1) {
        OuFrameObject *back = ou_frame_object(vm, self->live - 1);
        return back != NULL ? ou_incref(ou_word(back)) : OU_NOTHING;
    }
    return ou_or_none(self->back);
}

static OU_UNARY(frame_lineno) { return ou_int(vm, frame_line(ou_as_frame_object(self))); }
static OU_UNARY(frame_globals) { return ou_or_none(ou_as_code(ou_as_frame_object(self)->code)->globals); }

OuValue ou_frame_locals(OuVM *vm, const OuFunction *func, const OuValue *near, const OuValue *far) {
    const OuCode *code = ou_function_code(func);
    OuTuple *names = ou_as_tuple(code->varnames), *captured = ou_as_tuple(code->freevars);
    size_t own = ou_tuple_length(names);
    OuDict *dict = ou_dict_new(vm, 0);
    for (size_t i = 0; dict != NULL && i < own + ou_tuple_length(captured); i++) {
        OuValue value = i < code->named ? near[i] : i < own ? far[i - code->named] : func->cells[i - own];
        if (ou_is_kind(value, OU_KIND_CELL)) { value = ou_as_cell_object(value)->content; }
        OuValue name = i < own ? names->items[i] : captured->items[i - own];
        if (value != OU_NOTHING && ou_dict_set(vm, dict, name, value) < 0) { return ou_dropped(vm, ou_word(dict)); }
    }
    return ou_word(dict);
}

static OuValue frame_locals(OuVM *vm, OuValue value) {
    OuFrameObject *self = ou_as_frame_object(value);
    OuCode *code = ou_as_code(self->code);
    if (!(code->flags & OU_UNIT_FUNCTION)) { return ou_incref(self->dict != OU_NOTHING ? self->dict : code->globals); }
    const OuValue *near = self->live != NULL ? self->live->base : self->locals;
    const OuValue *far = self->live != NULL ? near + OU_FAR_BASE : near + code->named;
    return ou_frame_locals(vm, ou_as_function(self->func), near, far);
}

/* Lets the variables of an ended frame die. */
static OU_NATIVE(frame_clear) {
    OuFrameObject *self = ou_as_frame_object(args[0]);
    if (self->live != NULL) { return ou_raise(vm, OU_EXC_RuntimeError, "cannot clear an executing frame"); }
    for (uint32_t i = 0; i < self->count; i++) { ou_slot_clear(&vm->heap, &self->locals[i]); }
    return ou_new_none();
}

static OuValue frame_repr(OuVM *vm, OuValue value) {
    OuFrameObject *self = ou_as_frame_object(value);
    OuCode *code = ou_as_code(self->code);
    return ou_format(vm, "<frame at 0x%lx, file %R, line %u, code %S>", (unsigned long)value, code->filename,
                     frame_line(self), code->name);
}

static const OuGetSetDef frame_getsets[] = {{"f_back", frame_back},     OU_FIELD("f_code", OuFrameObject, code),
                                            {"f_lineno", frame_lineno}, {"f_globals", frame_globals},
                                            {"f_locals", frame_locals}, OU_GETSET_END};
static const OuNativeDef frame_methods[] = {{"clear", frame_clear, "Releases the variables."}, OU_DEF_END};
const OuNativeType ou_frame_type = {
    .final = true, .slots = {.repr = frame_repr}, .methods = frame_methods, .getsets = frame_getsets};

static OU_UNARY(traceback_lineno) { return ou_int(vm, ou_traceback_line((OuTraceback *)(uintptr_t)self)); }
static const OuGetSetDef traceback_getsets[] = {OU_FIELD("tb_next", OuTraceback, next),
                                                OU_FIELD("tb_frame", OuTraceback, frame),
                                                {"tb_lineno", traceback_lineno},
                                                OU_GETSET_END};
const OuNativeType ou_traceback_type = {.final = true, .getsets = traceback_getsets};
