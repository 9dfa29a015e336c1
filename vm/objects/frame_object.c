/* Frames and tracebacks as Python sees them. */
#include "vm/objects/help.h"

static OuValue frame_back(OuVM *vm, OuValue value) {
    OuFrameObject *self = ou_as_frame_object(value);
    if (self->live != NULL && self->live > vm->frames + 1) {
        OuFrameObject *back = ou_frame_object(vm, self->live - 1);
        return back != NULL ? ou_incref(ou_word(back)) : OU_NOTHING;
    }
    return ou_or_none(self->back);
}

static OU_UNARY(frame_lineno) { return ou_int(vm, ou_frame_object_line(ou_as_frame_object(self))); }
static OU_UNARY(frame_globals) { return ou_or_none(ou_as_code(ou_as_frame_object(self)->code)->globals); }

static OuValue frame_locals(OuVM *vm, OuValue value) {
    OuFrameObject *self = ou_as_frame_object(value);
    OuCode *code = ou_as_code(self->code);
    if (!(code->flags & OU_UNIT_FUNCTION)) { return ou_incref(self->dict != OU_NOTHING ? self->dict : code->globals); }
    OuDict *dict = ou_dict_new(vm, 0);
    OuTuple *names = ou_as_tuple(code->varnames);
    for (uint32_t i = 0; dict != NULL && i < self->count; i++) {
        OuValue item = self->live == NULL ? self->locals[i]
                                          : self->live->base[i < code->named ? i : OU_FAR_BASE + i - code->named];
        if (ou_is_kind(item, OU_KIND_CELL)) { item = ou_as_cell_object(item)->content; }
        if (item != OU_NOTHING && ou_dict_set(vm, dict, names->items[i], item) < 0) {
            return ou_dropped(vm, ou_word(dict));
        }
    }
    return ou_word(dict);
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
                     ou_frame_object_line(self), code->name);
}

static const OuGetSetDef frame_getsets[] = {{"f_back", frame_back},     OU_FIELD("f_code", OuFrameObject, code),
                                            {"f_lineno", frame_lineno}, {"f_globals", frame_globals},
                                            {"f_locals", frame_locals}, OU_GETSET_END};
static const OuNativeDef frame_methods[] = {{"clear", frame_clear, "Releases the variables."}, OU_DEF_END};
const OuNativeType ou_frame_type = {
    .final = true, .slots = {.repr = frame_repr}, .methods = frame_methods, .getsets = frame_getsets};

static OuTraceback *traceback_of(OuValue value) { return (OuTraceback *)(uintptr_t)value; }
static OU_UNARY(traceback_lineno) { return ou_int(vm, ou_traceback_line(traceback_of(self))); }
static const OuGetSetDef traceback_getsets[] = {OU_FIELD("tb_next", OuTraceback, next),
                                                OU_FIELD("tb_frame", OuTraceback, frame),
                                                {"tb_lineno", traceback_lineno},
                                                OU_GETSET_END};
const OuNativeType ou_traceback_type = {.final = true, .getsets = traceback_getsets};
