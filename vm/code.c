/* Code objects: from the compiler's unit to a cell with its own writable instructions. */
#include "vm/objects/help.h"

static OuValue text_value(OuVM *vm, OuText text) { return ou_str_from_utf8(vm, text.bytes, text.length); }

static OuValue interned_text(OuVM *vm, OuText text) {
    OuValue str = text_value(vm, text);
    return str == OU_NOTHING ? OU_NOTHING : ou_word(ou_str_intern_take(vm, ou_as_str(str)));
}

static bool looks_like_name(OuText text) {
    for (uint32_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) { return false; }
    }
    return true;
}

static OuValue constant_value(OuVM *vm, const OuUnitConst *constant, OuDict *globals) {
    switch (constant->kind) {
    case OU_UNIT_NONE: return ou_incref(OU_NONE);
    case OU_UNIT_TRUE: return ou_incref(OU_TRUE);
    case OU_UNIT_FALSE: return ou_incref(OU_FALSE);
    case OU_UNIT_ELLIPSIS: return ou_incref(OU_ELLIPSIS);
    case OU_UNIT_INT: return ou_int(vm, constant->as.integer);
    case OU_UNIT_BIGINT:
        return ou_int_from_digits(vm, constant->as.big.digits, constant->as.big.length, constant->as.big.base,
                                  constant->as.big.negative);
    case OU_UNIT_FLOAT: return ou_float(vm, constant->as.number);
    case OU_UNIT_STR:
        return looks_like_name(constant->as.text) ? interned_text(vm, constant->as.text)
                                                  : text_value(vm, constant->as.text);
    case OU_UNIT_BYTES: return ou_bytes_from(vm, constant->as.text.bytes, constant->as.text.length);
    case OU_UNIT_TUPLE: {
        OuTuple *tuple = ou_tuple_new(vm, constant->as.tuple.count);
        for (uint32_t i = 0; tuple != NULL && i < constant->as.tuple.count; i++) {
            OuValue item = constant_value(vm, &constant->as.tuple.items[i], globals);
            if (item == OU_NOTHING) { return ou_dropped(vm, ou_word(tuple)); }
            ou_slot_init(&tuple->items[i], item);
        }
        return ou_word(tuple);
    }
    case OU_UNIT_CODE: return ou_code_from_unit(vm, constant->as.code, globals);
    }
    return OU_NOTHING;
}

static OuValue text_tuple(OuVM *vm, const OuText *texts, uint32_t count) {
    OuTuple *tuple = ou_tuple_new(vm, count);
    for (uint32_t i = 0; tuple != NULL && i < count; i++) {
        OuValue item = interned_text(vm, texts[i]);
        if (item == OU_NOTHING) { return ou_dropped(vm, ou_word(tuple)); }
        ou_slot_init(&tuple->items[i], item);
    }
    return ou_word(tuple);
}

static void *copy_buffer(OuVM *vm, const void *bytes, size_t size) {
    void *copy = ou_buffer_new(&vm->heap, size ? size : 1);
    if (copy == NULL) { return ou_no_memory(vm); }
    return size ? memcpy(copy, bytes, size) : copy;
}

/* Nested code objects follow the constants in the tuple: child i is constant `constant_count + i`; then the docstring. */
static int fill(OuVM *vm, OuCode *self, const OuUnit *unit, OuDict *globals) {
    self->globals = ou_incref(ou_word(globals));
    if ((self->name = interned_text(vm, unit->name)) == OU_NOTHING ||
        (self->qualname = interned_text(vm, unit->qualname)) == OU_NOTHING ||
        (self->filename = interned_text(vm, unit->filename)) == OU_NOTHING ||
        (self->varnames = text_tuple(vm, unit->variables, unit->variable_count)) == OU_NOTHING ||
        (self->freevars = text_tuple(vm, unit->free_names, unit->free_count)) == OU_NOTHING ||
        (self->names = text_tuple(vm, unit->names, unit->name_count)) == OU_NOTHING) {
        return -1;
    }
    uint32_t total = unit->constant_count + unit->child_count + 1;
    OuTuple *constants = ou_tuple_new(vm, total);
    if (constants == NULL) { return -1; }
    self->constants = ou_word(constants);
    for (uint32_t i = 0; i < unit->constant_count; i++) {
        OuValue value = constant_value(vm, &unit->constants[i], globals);
        if (value == OU_NOTHING) { return -1; }
        ou_slot_init(&constants->items[i], value);
    }
    for (uint32_t i = 0; i < unit->child_count; i++) {
        OuValue child = ou_code_from_unit(vm, unit->children[i], globals);
        if (child == OU_NOTHING) { return -1; }
        ou_slot_init(&constants->items[unit->constant_count + i], child);
    }
    OuValue doc = unit->has_doc ? text_value(vm, unit->doc) : ou_incref(OU_NONE);
    if (doc == OU_NOTHING) { return -1; }
    ou_slot_init(&constants->items[total - 1], doc);
    self->child_base = unit->constant_count;
    if ((self->instructions = copy_buffer(vm, unit->code, unit->code_count * sizeof(uint32_t))) == NULL ||
        (self->lines = copy_buffer(vm, unit->lines, unit->lines_size)) == NULL ||
        (self->handlers = copy_buffer(vm, unit->handlers, unit->handler_count * sizeof(OuHandler))) == NULL ||
        (self->captures = copy_buffer(vm, unit->captures, unit->free_count * sizeof(OuCapture))) == NULL) {
        return -1;
    }
    return 0;
}

OuValue ou_code_from_unit(OuVM *vm, const OuUnit *unit, OuDict *globals) {
    OuCode *self = ou_new_cell(vm, OU_KIND_CODE, sizeof *self);
    if (self == NULL) { return OU_NOTHING; }
    self->instruction_count = unit->code_count;
    self->lines_size = unit->lines_size;
    self->handler_count = unit->handler_count;
    self->free_count = (uint16_t)unit->free_count;
    self->flags = unit->flags;
    self->registers = (uint16_t)unit->registers;
    self->named = (uint16_t)unit->named;
    self->far_count = (uint16_t)unit->far_count;
    self->positional = (uint16_t)unit->positional;
    self->positional_only = (uint16_t)unit->positional_only;
    self->keyword_only = (uint16_t)unit->keyword_only;
    self->first_line = unit->first_line;
    self->self_attributes = unit->self_attributes;
    bool simple = (unit->flags & OU_UNIT_FUNCTION) &&
                  !(unit->flags & (OU_UNIT_VARARGS | OU_UNIT_VARKW | OU_UNIT_GENERATOR)) && unit->keyword_only == 0 &&
                  unit->far_count == 0;
    self->simple_args = simple ? (int32_t)unit->positional : -1;
    if (fill(vm, self, unit, globals) < 0) { return ou_dropped(vm, ou_word(self)); }
    return ou_word(self);
}

bool ou_code_position(const OuCode *self, uint32_t at, OuPosition *out) {
    return ou_unit_position(self->lines, self->lines_size, at, out);
}

uint32_t ou_code_line(const OuCode *self, uint32_t at) {
    OuPosition position;
    return ou_code_position(self, at, &position) ? position.line : self->first_line;
}

void ou_code_name_local(const OuCode *self, size_t index, const char *what, char *buffer, size_t size) {
    const OuTuple *names = ou_as_tuple(self->varnames);
    char name[80] = "?", function[80] = "?";
    if (index < ou_tuple_length(names)) { ou_str_copy_utf8(ou_as_str(names->items[index]), name, sizeof name); }
    ou_str_copy_utf8(ou_as_str(self->name), function, sizeof function);
    snprintf(buffer, size, "local '%s' of %s%s", name, what, function);
}

static uint32_t code_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    out[0] = (OuSpan){&((OuCode *)cell)->globals, 8, 1};
    return 1;
}

static void code_drop(OuHeap *heap, OuCell *cell) {
    OuCode *self = (OuCode *)cell;
    const struct {
        void *buffer;
        size_t size;
    } parts[] = {{self->instructions, self->instruction_count * sizeof(uint32_t)},
                 {self->lines, self->lines_size},
                 {self->handlers, self->handler_count * sizeof(OuHandler)},
                 {self->captures, self->free_count * sizeof(OuCapture)}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].buffer != NULL) { ou_buffer_free(heap, parts[i].buffer, parts[i].size ? parts[i].size : 1); }
    }
}

static size_t code_extra(OuHeap *heap, const OuCell *cell) {
    const OuCode *self = (const OuCode *)cell;
    return self->instruction_count * sizeof(uint32_t) + self->lines_size + self->handler_count * sizeof(OuHandler);
}

const OuKindOps ou_code_ops = {.name = "code",
                               .spans = code_spans,
                               .drop = code_drop,
                               .extra_bytes = code_extra,
                               .edges = (const char *const[]){"globals", "co_name", "co_qualname", "co_filename",
                                                              "co_varnames", "co_freevars", "co_names", "co_consts"}};

static OuValue code_repr(OuVM *vm, OuValue self) {
    OuCode *code = ou_as_code(self);
    return ou_format(vm, "<code object %N at 0x%lx, file \"%S\", line %u>", ou_as_str(code->name), (unsigned long)self,
                     code->filename, code->first_line);
}

static OU_UNARY(code_argcount) { return ou_int(vm, ou_as_code(self)->positional); }
static OU_UNARY(code_posonlyargcount) { return ou_int(vm, ou_as_code(self)->positional_only); }
static OU_UNARY(code_kwonlyargcount) { return ou_int(vm, ou_as_code(self)->keyword_only); }

/* In CPython's numbers. */
static OU_UNARY(code_flags) {
    const OuCode *code = ou_as_code(self);
    OuStr *inside = ou_str_interned(vm, "<locals>");
    if (inside == NULL) { return OU_NOTHING; }
    int flags = (code->flags & OU_UNIT_VARARGS ? 4 : 0) | (code->flags & OU_UNIT_VARKW ? 8 : 0) |
                (code->flags & OU_UNIT_GENERATOR ? 32 : 0) | 3; /* optimized, new locals */
    if (ou_str_find(ou_as_str(code->qualname), inside, 0, ou_as_str(code->qualname)->length) >= 0) { flags |= 16; }
    ou_drop(vm, ou_word(inside));
    return ou_int(vm, code->flags & OU_UNIT_FUNCTION ? flags : 0);
}

static OU_UNARY(code_firstlineno) { return ou_int(vm, ou_as_code(self)->first_line); }

static const OuGetSetDef code_getsets[] = {OU_FIELD("co_name", OuCode, name),
                                           OU_FIELD("co_qualname", OuCode, qualname),
                                           OU_FIELD("co_filename", OuCode, filename),
                                           OU_FIELD("co_varnames", OuCode, varnames),
                                           OU_FIELD("co_freevars", OuCode, freevars),
                                           {"co_argcount", code_argcount},
                                           {"co_firstlineno", code_firstlineno},
                                           {"co_flags", code_flags},
                                           {"co_posonlyargcount", code_posonlyargcount},
                                           {"co_kwonlyargcount", code_kwonlyargcount},
                                           OU_GETSET_END};

const OuNativeType ou_code_type = {.final = true, .slots = {.repr = code_repr}, .getsets = code_getsets};
