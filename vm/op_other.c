/* Instructions without a fast path in the loop. */
#include "vm/objects/help.h"
#include "vm/loop.h"

static OuStr *name_at(const OuFrame *frame, uint32_t index) {
    return ou_as_str(ou_as_tuple(frame->code->names)->items[index]);
}

static OuStr *variable_at(const OuFrame *frame, uint32_t reg) {
    uint32_t index = reg >= OU_FAR_BASE ? frame->code->named + (reg - OU_FAR_BASE) : reg;
    return ou_as_str(ou_as_tuple(frame->code->varnames)->items[index]);
}

static int raise_unbound(OuVM *vm, OuStr *name) {
    return ou_raised(ou_raise(vm, OU_EXC_UnboundLocalError,
                              "cannot access local variable '%N' where it is not associated with a value", name));
}

static int raise_unbound_free(OuVM *vm, OuFrame *frame, uint32_t index) {
    OuValue name = ou_as_tuple(frame->code->freevars)->items[index];
    ou_raise(vm, OU_EXC_NameError,
             "cannot access free variable '%S' where it is not associated with a value in enclosing scope", name);
    ou_pending_about(vm, name, OU_NOTHING);
    return OU_RAISED;
}

/* Reads the operand; a temporary gives up its value, a local is copied. */
static OuValue operand_take(OuFrame *frame, uint32_t reg) {
    OuValue value = frame->base[reg];
    if (reg >= frame->code->named && reg < OU_FAR_BASE) {
        frame->base[reg] = OU_EMPTY_TEMP;
        return value;
    }
    return ou_incref(value);
}

/* --- variables ---------------------------------------------------------------------------------------------------------- */

static int clear_register(OuVM *vm, OuFrame *frame, uint32_t reg, bool check) {
    if (check && frame->base[reg] == OU_NOTHING) { return raise_unbound(vm, variable_at(frame, reg)); }
    ou_reg_set(vm, &frame->base[reg], OU_NOTHING);
    return OU_DONE;
}

static int clear_cell(OuVM *vm, OuFrame *frame, OuCellObject *cell, bool check, OuStr *name, bool is_free) {
    if (check && cell->content == OU_NOTHING) {
        if (is_free) { return raise_unbound_free(vm, frame, ou_op_bc(*frame->pc)); }
        return raise_unbound(vm, name);
    }
    ou_slot_clear(&vm->heap, &cell->content);
    return OU_DONE;
}

static int make_cell(OuVM *vm, OuFrame *frame, uint32_t reg) {
    OuValue content = frame->base[reg];
    frame->base[reg] = OU_NOTHING;
    OuValue cell = ou_cell_object_new(vm, content);
    if (cell == OU_NOTHING) { return OU_RAISED; }
    frame->base[reg] = cell;
    return OU_DONE;
}

static int far(OuVM *vm, OuFrame *frame, uint8_t op) {
    uint32_t word = *frame->pc, reg = ou_op_bc(word);
    switch (op) {
    case OP_LOAD_FAR:
        if (frame->base[reg] == OU_NOTHING) { return raise_unbound(vm, variable_at(frame, reg)); }
        return ou_finish_value(vm, ou_incref(frame->base[reg]));
    case OP_STORE_FAR: {
        OuValue value = operand_take(frame, ou_op_a(word));
        ou_reg_set(vm, &frame->base[reg], value);
        return OU_DONE;
    }
    case OP_MAKE_CELL_FAR: return make_cell(vm, frame, reg);
    default: return clear_register(vm, frame, reg, op == OP_DEL_FAR);
    }
}

/* The namespace of a class body, then globals, then built-ins. Owned or raised. */
static OuValue load_name(OuVM *vm, OuFrame *frame, OuStr *name) {
    OuValue value = frame->locals != OU_NOTHING ? ou_dict_peek_name(ou_as_dict(frame->locals), name) : OU_NOTHING;
    if (value == OU_NOTHING) { value = ou_dict_peek_name(frame->globals, name); }
    if (value == OU_NOTHING) { value = ou_dict_peek_name(vm->builtins, name); }
    if (value != OU_NOTHING) { return ou_incref(value); }
    int found = ou_library_builtin(vm, name);
    return found < 0 ? OU_NOTHING : found ? ou_incref(ou_dict_peek_name(vm->builtins, name)) : ou_raise_name(vm, name);
}

static int delete_from(OuVM *vm, OuDict *dict, OuStr *name) {
    OuValue old = OU_NOTHING;
    int found = ou_dict_pop(vm, dict, ou_word(name), &old);
    if (found == 0) { ou_raise_name(vm, name); }
    ou_drop(vm, old);
    return found > 0 ? OU_DONE : OU_RAISED;
}

static int class_deref(OuVM *vm, OuFrame *frame) {
    uint32_t index = ou_op_bc(*frame->pc);
    OuValue value = frame->locals != OU_NOTHING
                        ? ou_dict_peek_name(ou_as_dict(frame->locals), name_at(frame, frame->pc[1]))
                        : OU_NOTHING;
    if (value == OU_NOTHING) { value = ou_as_cell_object(frame->func->cells[index])->content; }
    return value == OU_NOTHING ? raise_unbound_free(vm, frame, index) : ou_finish_value(vm, ou_incref(value));
}

/* --- displays ------------------------------------------------------------------------------------------------------------ */

/* Sets and dicts: code may run, so the new one lies in a register. */
static int build_hashed(OuVM *vm, OuFrame *frame, OuValue *items, uint32_t count, bool is_set) {
    OuValue made = is_set ? ou_word(ou_set_new(vm, OU_KIND_SET)) : ou_word(ou_dict_new(vm, count / 2));
    OuValue *regs = ou_regs_hold_take(vm, made), dead[64];
    if (regs == NULL) { return OU_RAISED; }
    int status = 0;
    for (uint32_t i = 0; status == 0 && i < count; i += is_set ? 1 : 2) {
        status = is_set ? ou_set_add(vm, (OuSet *)(uintptr_t)made, items[i])
                        : ou_dict_set(vm, ou_as_dict(made), items[i], items[i + 1]);
    }
    if (status < 0) { return ou_regs_status(vm, regs, OU_RAISED); }
    for (uint32_t i = 0; i < count; i++) {
        dead[i] = items[i];
        items[i] = OU_EMPTY_TEMP;
    }
    ou_release_all(vm, dead, count);
    return ou_finish_value(vm, ou_regs_first(vm, regs, 0));
}

static int build(OuVM *vm, OuFrame *frame, uint8_t op) {
    uint32_t word = *frame->pc, count = ou_op_c(word);
    OuValue *items = &frame->base[ou_op_b(word)];
    switch (op) {
    case OP_BUILD_TUPLE: return ou_finish_value(vm, ou_tuple_from_take(vm, items, count));
    case OP_BUILD_LIST: return ou_finish_value(vm, ou_list_from_take(vm, items, count));
    case OP_BUILD_SET: return build_hashed(vm, frame, items, count, true);
    case OP_BUILD_DICT: return build_hashed(vm, frame, items, 2 * count, false);
    default: {
        OuValue result = op == OP_BUILD_SLICE ? ou_slice_new(vm, items[0], items[1], count > 2 ? items[2] : OU_NONE)
                                              : ou_str_join(vm, vm->empty_str, items, count);
        if (result == OU_NOTHING) { return OU_RAISED; }
        for (uint32_t i = 0; i < count; i++) { /* copied into the result: nothing dies but strings */
            ou_reg_set(vm, &items[i], OU_EMPTY_TEMP);
        }
        return ou_finish_value(vm, result);
    }
    }
}

/* "module.name()" of a callee, as messages about its arguments have it; "name()" for built-ins. Owned. */
static OuValue function_title(OuVM *vm, OuValue callee) {
    OuValue name = OU_NOTHING, module = OU_NOTHING, title = OU_NOTHING;
    if (ou_find_attr(vm, callee, vm->names[OU_NAME_qualname], &name) < 0 ||
        ou_find_attr(vm, callee, vm->names[OU_NAME_module], &module) < 0) {
        return ou_dropped(vm, name);
    }
    if (!ou_is_str(name)) {
        title = ou_str(vm, callee);
    } else if (ou_is_str(module) && !ou_str_equal_text(ou_as_str(module), "builtins")) {
        title = ou_format(vm, "%S.%S()", module, name);
    } else {
        title = ou_format(vm, "%S()", name);
    }
    ou_drop(vm, name);
    ou_drop(vm, module);
    return title;
}

static int list_extend(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc;
    OuValue iterable = frame->base[ou_op_b(word)];
    if (!ou_is_iterable(vm, iterable)) {
        OuValue title = ou_op_c(word) ? function_title(vm, frame->base[ou_op_c(word) - 1]) : OU_NOTHING;
        if (title != OU_NOTHING) {
            ou_raise_type_error(vm, "%S argument after * must be an iterable, not %T", title, iterable);
            ou_drop(vm, title);
        } else if (vm->pending == OU_NOTHING) {
            ou_raise_type_error(vm, "Value after * must be an iterable, not %T", iterable);
        }
        return OU_RAISED;
    }
    return ou_finish_status(vm, ou_list_extend(vm, ou_as_list(frame->base[ou_op_a(word)]), iterable));
}

/* 1 it has keys(), as mappings do; 0, -1 raised. */
static int has_keys(OuVM *vm, OuValue object) {
    OuValue keys = OU_NOTHING;
    int found = ou_is_dict(object) ? 1 : ou_find_attr(vm, object, vm->names[OU_NAME_P_keys], &keys);
    ou_drop(vm, found > 0 ? keys : OU_NOTHING);
    return found;
}

/* Every name once. */
static int merge_keywords(OuVM *vm, OuDict *into, OuDict *from, OuValue title) {
    OuValue key, value;
    for (uint32_t at = 0; ou_dict_next(from, &at, &key, &value);) {
        if (!ou_is_str(key)) { return ou_raised_type(vm, "keywords must be strings"); }
        if (ou_dict_peek(vm, into, key) != OU_NOTHING) {
            return ou_raised_type(vm, "%S got multiple values for keyword argument '%S'", title, key);
        }
        if (ou_dict_set(vm, into, key, value) < 0) { return -1; }
    }
    return 0;
}

/* Keyword arguments of a call. */
static int dict_merge(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc;
    OuValue from = frame->base[ou_op_b(word)];
    OuValue *regs = ou_regs_open(vm, 2); /* title; the dict of another mapping */
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = function_title(vm, frame->base[ou_op_c(word)]);
    int found = regs[0] == OU_NOTHING ? -1 : has_keys(vm, from);
    if (found == 0) { ou_raise_type_error(vm, "%S argument after ** must be a mapping, not %T", regs[0], from); }
    if (found > 0 && !ou_is_dict(from)) {
        regs[1] = ou_word(ou_dict_new(vm, 0));
        found = regs[1] != OU_NOTHING && ou_dict_update(vm, ou_as_dict(regs[1]), from) == 0 ? 1 : -1;
        from = regs[1];
    }
    OuDict *into = ou_as_dict(frame->base[ou_op_a(word)]);
    int status = found > 0 ? merge_keywords(vm, into, ou_as_dict(from), regs[0]) : -1;
    return ou_finish_status(vm, ou_regs_status(vm, regs, status));
}

static int dict_update(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc;
    OuValue from = frame->base[ou_op_b(word)];
    int found = has_keys(vm, from);
    if (found == 0) { ou_raise_type_error(vm, "'%T' object is not a mapping", from); }
    if (found <= 0) { return OU_RAISED; }
    return ou_finish_status(vm, ou_dict_update(vm, ou_as_dict(frame->base[ou_op_a(word)]), from));
}

/* --- formatting ----------------------------------------------------------------------------------------------------------------- */

static int format(OuVM *vm, OuFrame *frame, uint32_t conversion, OuValue spec) {
    OuValue value = frame->base[ou_op_b(*frame->pc)];
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = ou_converted(vm, conversion, value);
    OuValue result = regs[0] == OU_NOTHING ? OU_NOTHING : ou_format_value(vm, regs[0], spec);
    return ou_finish_value(vm, ou_regs_result(vm, regs, result));
}

/* --- unpacking -------------------------------------------------------------------------------------------------------------------- */

static int raise_unpack(OuVM *vm, bool many, uint32_t wanted, uint32_t got, bool at_least) {
    if (many) {
        ou_raise_value_error(vm, "too many values to unpack (expected %u)", wanted);
    } else {
        ou_raise_value_error(vm, "not enough values to unpack (expected %s%u, got %u)", at_least ? "at least " : "",
                             wanted, got);
    }
    return OU_RAISED;
}

/* Is there something to iterate over? Else raises. */
static bool check_iterable(OuVM *vm, OuValue source) {
    if (ou_is_iterable(vm, source)) { return true; }
    ou_raise_type_error(vm, "cannot unpack non-iterable %T object", source);
    return false;
}

/* What is unpacked, when it is a temporary: consumed once the parts are there. */
static OuValue take_source(OuFrame *frame) {
    uint32_t from = ou_op_b(*frame->pc);
    OuValue source = from >= frame->code->named ? frame->base[from] : OU_NOTHING;
    if (source != OU_NOTHING) { frame->base[from] = OU_EMPTY_TEMP; }
    return source;
}

static int unpack(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, wanted = ou_op_c(word);
    OuValue *out = &frame->base[ou_op_a(word)];
    OuValue source = frame->base[ou_op_b(word)];
    OuValue parts[256];
    if (ou_is_tuple(source) || ou_is_list(source)) {
        OuItems items = ou_items(source);
        if (items.count != wanted) {
            return raise_unpack(vm, items.count > wanted, wanted, (uint32_t)items.count, false);
        }
        for (uint32_t i = 0; i < wanted; i++) { parts[i] = ou_incref(items.at[i]); }
        OuValue dead = take_source(frame);
        memcpy(out, parts, wanted * sizeof *out);
        ou_drop(vm, dead);
        return OU_DONE;
    }
    if (!check_iterable(vm, source)) { return OU_RAISED; }
    /* The items backwards, then the iterator: in this order they die when it fails, as in CPython. */
    OuValue *regs = ou_regs_open(vm, wanted + 2);
    if (regs == NULL) { return OU_RAISED; }
    OuValue *iterator = &regs[wanted + 1];
    *iterator = ou_iter(vm, source);
    uint32_t got = 0;
    while (*iterator != OU_NOTHING && got <= wanted && (regs[wanted - got] = ou_next(vm, *iterator)) != OU_NOTHING) {
        got++;
    }
    if (got != wanted && vm->pending == OU_NOTHING) { raise_unpack(vm, got > wanted, wanted, got, false); }
    if (vm->pending != OU_NOTHING) { return ou_regs_status(vm, regs, OU_RAISED); }
    ou_reg_set(vm, iterator, OU_NOTHING);
    *iterator = take_source(frame);
    for (uint32_t i = 0; i < wanted; i++) { out[i] = ou_reg_take(&regs[wanted - i]); }
    return ou_regs_status(vm, regs, OU_DONE);
}

static int unpack_ex(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, before = ou_op_c(word), after = frame->pc[1];
    OuValue *out = &frame->base[ou_op_a(word)];
    OuValue source = frame->base[ou_op_b(word)];
    if (!check_iterable(vm, source)) { return OU_RAISED; }
    OuValue *regs = ou_regs_open(vm, 3);
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = ou_list_of(vm, source);
    if (regs[0] == OU_NOTHING) { return ou_regs_status(vm, regs, OU_RAISED); }
    OuList *all = ou_as_list(regs[0]);
    if (all->length < before + after) {
        return ou_regs_status(vm, regs, raise_unpack(vm, false, before + after, all->length, true));
    }
    uint32_t middle = all->length - before - after;
    OuList *rest = ou_list_new(vm, middle);
    regs[1] = ou_word(rest);
    if (rest == NULL) { return ou_regs_status(vm, regs, OU_RAISED); }
    for (uint32_t i = 0; i < middle; i++) { ou_list_append(vm, rest, all->items[before + i]); }
    regs[2] = take_source(frame);
    for (uint32_t i = 0; i < before; i++) { out[i] = ou_incref(all->items[i]); }
    out[before] = ou_reg_take(&regs[1]);
    for (uint32_t i = 0; i < after; i++) { out[before + 1 + i] = ou_incref(all->items[before + middle + i]); }
    return ou_regs_status(vm, regs, OU_DONE);
}

/* --- functions and raising ------------------------------------------------------------------------------------------------------------ */

static int function(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, flags = ou_op_b(word);
    OuValue *details = &frame->base[ou_op_c(word)];
    OuCode *code = ou_as_code(ou_as_tuple(frame->code->constants)->items[frame->code->child_base + frame->pc[1]]);
    OuValue cells[512];
    if (code->free_count > 512) { return ou_raised(ou_raise(vm, OU_EXC_SystemError, "too many captured variables")); }
    for (uint32_t i = 0; i < code->free_count; i++) {
        cells[i] = code->captures[i].local ? frame->base[code->captures[i].index]
                                           : frame->func->cells[code->captures[i].index];
    }
    OuValue made = ou_function_new(vm, code, cells);
    if (made == OU_NOTHING) { return OU_RAISED; }
    if (flags) {
        OuFunctionExtra *extra = ou_function_extra(vm, ou_as_function(made));
        if (extra == NULL) { return ou_raised(ou_dropped(vm, made)); }
        OuValue *places[] = {&extra->defaults, &extra->kwdefaults, &extra->annotations};
        for (uint32_t bit = 0; bit < 3; bit++) {
            if (flags >> bit & 1) {
                ou_slot_init(places[bit], *details);
                *details++ = OU_EMPTY_TEMP;
            }
        }
    }
    return ou_finish_value(vm, made);
}

static bool is_exception_class(OuValue value) {
    return ou_is_type(value) && (ou_as_type(value)->flags & OU_TYPE_EXCEPTION);
}

/* An exception instance from what follows `raise` or `from` (owned). */
static OuValue exception_of(OuVM *vm, OuValue what, const char *complaint) {
    if (ou_is_exception(vm, what)) { return ou_incref(what); }
    if (!is_exception_class(what)) { return ou_raise_type_error(vm, "%s must derive from BaseException", complaint); }
    OuValue made = ou_call0(vm, what);
    if (made == OU_NOTHING || ou_is_exception(vm, made)) { return made; }
    ou_raise_type_error(vm, "calling %R should have returned an instance of BaseException, not %T", what, made);
    return ou_dropped(vm, made);
}

static int raise(OuVM *vm, OuFrame *frame, bool has_cause) {
    uint32_t word = *frame->pc;
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = exception_of(vm, frame->base[ou_op_a(word)], "exceptions");
    if (regs[0] != OU_NOTHING && has_cause) {
        OuValue cause = frame->base[ou_op_b(word)];
        if (cause != OU_NONE) {
            regs[1] = exception_of(vm, cause, "exception causes");
            if (regs[1] == OU_NOTHING) { return ou_regs_status(vm, regs, OU_RAISED); }
        }
        ou_cell(regs[0])->flags |= OU_EXC_SUPPRESS_CONTEXT;
        ou_slot_set(&vm->heap, ou_exception_field(regs[0], OU_EXC_CAUSE), ou_reg_take(&regs[1]));
    }
    OuValue exception = ou_reg_take(&regs[0]);
    ou_raise_take(vm, exception);
    ou_regs_close(vm, regs);
    ou_finish_nothing(vm, frame);
    return OU_RAISED;
}

int ou_exception_matches(OuVM *vm, OuValue exception, OuValue type) {
    OuItems types = ou_is_tuple(type) ? ou_items(type) : (OuItems){&type, 1};
    for (size_t i = 0; i < types.count; i++) {
        if (!is_exception_class(types.at[i])) {
            return ou_raised_type(vm, "catching classes that do not inherit from BaseException is not allowed");
        }
    }
    for (size_t i = 0; i < types.count; i++) {
        if (ou_type_is_subtype(ou_type_of(vm, exception), ou_as_type(types.at[i]))) { return 1; }
    }
    return 0;
}

static int import(OuVM *vm, OuFrame *frame) {
    const uint32_t *pc = frame->pc;
    OuTuple *constants = ou_as_tuple(frame->code->constants);
    OuValue names = pc[2] == UINT32_MAX ? OU_NONE : constants->items[pc[2]];
    return ou_finish_value(
        vm, ou_module_import(vm, ou_as_str(constants->items[ou_op_bc(*pc)]), (int)pc[1], frame->globals, names));
}

static int annotations(OuVM *vm, OuFrame *frame) {
    OuDict *names = frame->locals != OU_NOTHING ? ou_as_dict(frame->locals) : frame->globals;
    OuStr *name = vm->names[OU_NAME_annotations];
    return ou_dict_peek_name(names, name) != OU_NOTHING
               ? OU_DONE
               : ou_dict_set_name_take(vm, names, name, ou_word(ou_dict_new(vm, 0)));
}

bool ou_op_raise_again(OuVM *vm) {
    OuValue handled = ou_handled_peek(vm);
    if (handled == OU_NOTHING) {
        ou_raise(vm, OU_EXC_RuntimeError, "No active exception to reraise");
        return false;
    }
    ou_restore_pending_take(vm, ou_incref(handled));
    return true;
}

int ou_op_other(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t word = *frame->pc;
    OuValue *base = frame->base;
    uint8_t op = ou_op_of(word), a = ou_op_a(word), b = ou_op_b(word), c = ou_op_c(word);
    switch ((OuOpcode)op) {
    case OP_LOAD_FAR:
    case OP_STORE_FAR:
    case OP_DEL_FAR:
    case OP_CLEAR_FAR:
    case OP_MAKE_CELL_FAR: return far(vm, frame, op);
    case OP_CHECK: return raise_unbound(vm, variable_at(frame, a));
    case OP_UNBIND: return clear_register(vm, frame, a, true);
    case OP_MAKE_CELL: return make_cell(vm, frame, a);
    case OP_LOAD_CELL:
        if (b >= frame->code->named) { /* a far cell, fetched into a temporary */
            return ou_raised(ou_raise(vm, OU_EXC_UnboundLocalError,
                                      "cannot access local variable where it is not associated with a value"));
        }
        return raise_unbound(vm, variable_at(frame, b));
    case OP_DEL_CELL:
    case OP_CLEAR_CELL:
        return clear_cell(vm, frame, ou_as_cell_object(base[a]), op == OP_DEL_CELL,
                          a < frame->code->named ? variable_at(frame, a) : vm->empty_str, false);
    case OP_LOAD_FREE: return raise_unbound_free(vm, frame, ou_op_bc(word));
    case OP_DEL_FREE:
    case OP_CLEAR_FREE:
        return clear_cell(vm, frame, ou_as_cell_object(frame->func->cells[ou_op_bc(word)]), op == OP_DEL_FREE, NULL,
                          true);
    case OP_DEL_GLOBAL: return delete_from(vm, frame->globals, name_at(frame, ou_op_bc(word)));
    case OP_LOAD_NAME: return ou_finish_value(vm, load_name(vm, frame, name_at(frame, ou_op_bc(word))));
    case OP_STORE_NAME:
        return ou_finish_status(
            vm, ou_dict_set_name(vm, ou_as_dict(frame->locals), name_at(frame, ou_op_bc(word)), base[a]));
    case OP_DEL_NAME: return delete_from(vm, ou_as_dict(frame->locals), name_at(frame, ou_op_bc(word)));
    case OP_LOAD_CLASSDEREF: return class_deref(vm, frame);
    case OP_IS:
    case OP_IS_NOT: return ou_finish_value(vm, ou_incref(ou_from_bool((base[b] == base[c]) == (op == OP_IS))));
    case OP_DEL_ATTR:
        return ou_finish_status(vm, ou_setattr(vm, base[a], name_at(frame, frame->pc[1] & 0xffff), OU_NOTHING));
    case OP_BUILD_SLICE:
    case OP_BUILD_TUPLE:
    case OP_BUILD_LIST:
    case OP_BUILD_SET:
    case OP_BUILD_DICT:
    case OP_BUILD_STRING: return build(vm, frame, op);
    case OP_LIST_APPEND: return ou_finish_status(vm, ou_list_append(vm, ou_as_list(base[a]), base[b]));
    case OP_LIST_EXTEND: return list_extend(vm, frame);
    case OP_LIST_TO_TUPLE:
        return ou_finish_value(vm, ou_tuple_from(vm, ou_as_list(base[b])->items, ou_as_list(base[b])->length));
    case OP_SET_ADD: return ou_finish_status(vm, ou_set_add(vm, (OuSet *)(uintptr_t)base[a], base[b]));
    case OP_SET_UPDATE: return ou_finish_status(vm, ou_set_update(vm, (OuSet *)(uintptr_t)base[a], base[b]));
    case OP_DICT_SET: return ou_finish_status(vm, ou_dict_set(vm, ou_as_dict(base[a]), base[b], base[c]));
    case OP_DICT_UPDATE: return dict_update(vm, frame);
    case OP_DICT_MERGE: return dict_merge(vm, frame);
    case OP_FORMAT: return format(vm, frame, c, OU_NOTHING);
    case OP_FORMAT_SPEC: return format(vm, frame, frame->pc[1], base[c]);
    case OP_UNPACK: return unpack(vm, frame);
    case OP_UNPACK_EX: return unpack_ex(vm, frame);
    case OP_FUNCTION: return function(vm, frame);
    case OP_BUILD_CLASS: {
        OuValue builder = ou_dict_peek_name(vm->builtins, vm->names[OU_NAME_build_class]);
        return builder == OU_NOTHING ? (ou_raise(vm, OU_EXC_NameError, "__build_class__ not found"), OU_RAISED)
                                     : ou_finish_value(vm, ou_incref(builder));
    }
    case OP_YIELD_ITER:
        return ou_finish_value(vm, ou_is_kind(base[b], OU_KIND_GENERATOR) ? ou_incref(base[b]) : ou_iter(vm, base[b]));
    case OP_RAISE: return raise(vm, frame, false);
    case OP_RAISE_FROM: return raise(vm, frame, true);
    case OP_IMPORT: return import(vm, frame);
    case OP_IMPORT_FROM: return ou_finish_value(vm, ou_import_from(vm, base[b], name_at(frame, frame->pc[1])));
    case OP_IMPORT_STAR: return ou_finish_status(vm, ou_import_star(vm, base[a], frame->globals));
    case OP_ASSERTION_ERROR: return ou_finish_value(vm, ou_incref(ou_word(vm->exceptions[OU_EXC_AssertionError])));
    case OP_ANNOTATIONS: return annotations(vm, frame);
    case OP_PRINT: return ou_finish_status(vm, ou_display_hook(vm, base[a]));
    default: ou_raise(vm, OU_EXC_SystemError, "bad instruction %u", op); return OU_RAISED;
    }
}
