/* Instructions without a fast path in the loop. */
#include "vm/attr.h"
#include "vm/call.h"
#include "vm/loop.h"
#include "vm/objects/instance.h"
#include "vm/objects/iterators.h"
#include "vm/objects/module.h"
#include "vm/objects/number.h"
#include "vm/objects/str.h"

static OuStr *name_at(const OuFrame *frame, uint32_t index) {
    return ou_as_str(ou_as_tuple(frame->code->names)->items[index]);
}

static OuStr *variable_at(const OuFrame *frame, uint32_t reg) {
    uint32_t index = reg >= OU_FAR_BASE ? frame->code->named + (reg - OU_FAR_BASE) : reg;
    return ou_as_str(ou_as_tuple(frame->code->varnames)->items[index]);
}

static int finish(OuVM *vm, OuValue result) {
    if (result == OU_NOTHING) { return OU_RAISED; }
    ou_finish(vm, vm->frame, result);
    return OU_DONE;
}

static int finish_status(OuVM *vm, int status) {
    if (status < 0) { return OU_RAISED; }
    ou_finish_nothing(vm, vm->frame);
    return OU_DONE;
}

static int raise_unbound(OuVM *vm, OuStr *name) {
    ou_raise(vm, OU_EXC_UnboundLocalError, "cannot access local variable '%N' where it is not associated with a value",
             name);
    return OU_RAISED;
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
        return finish(vm, ou_incref(frame->base[reg]));
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
    return value == OU_NOTHING ? ou_raise_name(vm, name) : ou_incref(value);
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
    return value == OU_NOTHING ? raise_unbound_free(vm, frame, index) : finish(vm, ou_incref(value));
}

/* --- displays ------------------------------------------------------------------------------------------------------------ */

static int build_set(OuVM *vm, OuFrame *frame, OuValue *items, uint32_t count) {
    OuSet *set = ou_set_new(vm, OU_KIND_SET);
    OuValue *regs = set != NULL ? ou_regs_open(vm, 1) : NULL;
    if (regs == NULL) {
        ou_drop(vm, set != NULL ? ou_word(set) : OU_NOTHING);
        return OU_RAISED;
    }
    regs[0] = ou_word(set);
    for (uint32_t i = 0; i < count; i++) {
        if (ou_set_add(vm, set, items[i]) < 0) {
            ou_regs_close(vm, regs);
            return OU_RAISED;
        }
    }
    OuValue dead[32];
    for (uint32_t i = 0; i < count; i++) {
        dead[i] = items[i];
        items[i] = OU_EMPTY_TEMP;
    }
    ou_release_all(vm, dead, count);
    regs[0] = OU_NOTHING;
    ou_regs_close(vm, regs);
    return finish(vm, ou_word(set));
}

static int build_dict(OuVM *vm, OuFrame *frame, OuValue *items, uint32_t pairs) {
    OuDict *dict = ou_dict_new(vm, pairs);
    OuValue *regs = dict != NULL ? ou_regs_open(vm, 1) : NULL;
    if (regs == NULL) {
        ou_drop(vm, dict != NULL ? ou_word(dict) : OU_NOTHING);
        return OU_RAISED;
    }
    regs[0] = ou_word(dict);
    for (uint32_t i = 0; i < pairs; i++) {
        if (ou_dict_set(vm, dict, items[2 * i], items[2 * i + 1]) < 0) {
            ou_regs_close(vm, regs);
            return OU_RAISED;
        }
    }
    OuValue dead[64];
    for (uint32_t i = 0; i < 2 * pairs; i++) {
        dead[i] = items[i];
        items[i] = OU_EMPTY_TEMP;
    }
    ou_release_all(vm, dead, 2 * pairs);
    regs[0] = OU_NOTHING;
    ou_regs_close(vm, regs);
    return finish(vm, ou_word(dict));
}

static int build(OuVM *vm, OuFrame *frame, uint8_t op) {
    uint32_t word = *frame->pc, count = ou_op_c(word);
    OuValue *items = &frame->base[ou_op_b(word)];
    switch (op) {
    case OP_BUILD_TUPLE: return finish(vm, ou_tuple_from_take(vm, items, count));
    case OP_BUILD_LIST: return finish(vm, ou_list_from_take(vm, items, count));
    case OP_BUILD_SET: return build_set(vm, frame, items, count);
    case OP_BUILD_DICT: return build_dict(vm, frame, items, count);
    default: {
        OuValue result = op == OP_BUILD_SLICE ? ou_slice_new(vm, items[0], items[1], count > 2 ? items[2] : OU_NONE)
                                              : ou_str_join(vm, vm->empty_str, items, count);
        if (result == OU_NOTHING) { return OU_RAISED; }
        for (uint32_t i = 0; i < count; i++) { /* copied into the result: nothing dies but strings */
            OuValue item = items[i];
            items[i] = OU_EMPTY_TEMP;
            ou_drop(vm, item);
        }
        return finish(vm, result);
    }
    }
}

/* "module.name()" of a callee, as messages about its arguments have it; "name()" for built-ins. Owned. */
static OuValue function_title(OuVM *vm, OuValue callee) {
    OuValue name = OU_NOTHING, module = OU_NOTHING, title = OU_NOTHING;
    if (ou_find_attr(vm, callee, vm->names[OU_NAME_qualname], &name) < 0 ||
        ou_find_attr(vm, callee, vm->names[OU_NAME_module], &module) < 0) {
        ou_drop(vm, name);
        return OU_NOTHING;
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
    if (ou_type_of(vm, iterable)->slots.iter == NULL && ou_type_of(vm, iterable)->slots.getitem == NULL) {
        OuValue title = ou_op_c(word) ? function_title(vm, frame->base[ou_op_c(word) - 1]) : OU_NOTHING;
        if (title != OU_NOTHING) {
            ou_raise_type_error(vm, "%S argument after * must be an iterable, not %T", title, iterable);
            ou_drop(vm, title);
        } else if (vm->pending == OU_NOTHING) {
            ou_raise_type_error(vm, "Value after * must be an iterable, not %T", iterable);
        }
        return OU_RAISED;
    }
    return finish_status(vm, ou_list_extend(vm, ou_as_list(frame->base[ou_op_a(word)]), iterable));
}

/* Keyword arguments of a call: every name once. */
static int dict_merge(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc;
    OuDict *into = ou_as_dict(frame->base[ou_op_a(word)]);
    OuValue from = frame->base[ou_op_b(word)], callee = frame->base[ou_op_c(word)];
    OuValue title = function_title(vm, callee);
    if (title == OU_NOTHING) { return OU_RAISED; }
    int status = OU_RAISED;
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { goto done; }
    if (!ou_is_dict(from)) {
        OuValue keys;
        int found = ou_find_attr(vm, from, vm->names[OU_NAME_P_keys], &keys);
        if (found <= 0) {
            if (found == 0) { ou_raise_type_error(vm, "%S argument after ** must be a mapping, not %T", title, from); }
            goto close;
        }
        ou_drop(vm, keys);
        OuDict *copy = ou_dict_new(vm, 0);
        if (copy == NULL) { goto close; }
        regs[0] = ou_word(copy);
        if (ou_dict_update(vm, copy, from) < 0) { goto close; }
        from = ou_word(copy);
    }
    OuValue key, value;
    for (uint32_t at = 0; ou_dict_next(ou_as_dict(from), &at, &key, &value);) {
        if (!ou_is_str(key)) {
            ou_raise_type_error(vm, "keywords must be strings");
            goto close;
        }
        if (ou_dict_peek(vm, into, key) != OU_NOTHING) {
            ou_raise_type_error(vm, "%S got multiple values for keyword argument '%S'", title, key);
            goto close;
        }
        if (ou_dict_set(vm, into, key, value) < 0) { goto close; }
    }
    status = OU_DONE;
close:
    ou_regs_close(vm, regs);
done:
    ou_drop(vm, title);
    if (status == OU_DONE) { ou_finish_nothing(vm, frame); }
    return status;
}

static int dict_update(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc;
    OuValue from = frame->base[ou_op_b(word)];
    if (!ou_is_dict(from)) {
        OuValue keys;
        int found = ou_find_attr(vm, from, vm->names[OU_NAME_P_keys], &keys);
        if (found <= 0) {
            if (found == 0) { ou_raise_type_error(vm, "'%T' object is not a mapping", from); }
            return OU_RAISED;
        }
        ou_drop(vm, keys);
    }
    return finish_status(vm, ou_dict_update(vm, ou_as_dict(frame->base[ou_op_a(word)]), from));
}

/* --- formatting ----------------------------------------------------------------------------------------------------------------- */

static int format(OuVM *vm, OuFrame *frame, uint32_t conversion, OuValue spec) {
    OuValue value = frame->base[ou_op_b(*frame->pc)];
    OuValue *regs = ou_regs_open(vm, 1);
    if (regs == NULL) { return OU_RAISED; }
    switch (conversion) {
    case 's': regs[0] = ou_str(vm, value); break;
    case 'r': regs[0] = ou_repr(vm, value); break;
    case 'a': regs[0] = ou_ascii(vm, value); break;
    default: regs[0] = ou_incref(value);
    }
    OuValue result = regs[0] == OU_NOTHING ? OU_NOTHING : ou_format_value(vm, regs[0], spec);
    ou_regs_close(vm, regs);
    return finish(vm, result);
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

static int unpack(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, wanted = ou_op_c(word);
    OuValue *out = &frame->base[ou_op_a(word)];
    OuValue source = frame->base[ou_op_b(word)];
    OuValue parts[256];
    if (ou_is_tuple(source) || ou_is_list(source)) {
        const OuValue *items = ou_is_tuple(source) ? ou_as_tuple(source)->items : ou_as_list(source)->items;
        size_t length = ou_is_tuple(source) ? ou_tuple_length(ou_as_tuple(source)) : ou_as_list(source)->length;
        if (length != wanted) { return raise_unpack(vm, length > wanted, wanted, (uint32_t)length, false); }
        for (uint32_t i = 0; i < wanted; i++) { parts[i] = ou_incref(items[i]); }
        OuValue dead = OU_NOTHING;
        uint32_t from = ou_op_b(word);
        if (from >= frame->code->named) {
            dead = source;
            frame->base[from] = OU_EMPTY_TEMP;
        }
        memcpy(out, parts, wanted * sizeof *out);
        ou_drop(vm, dead);
        return OU_DONE;
    }
    OuType *type = ou_type_of(vm, source);
    if (type->slots.iter == NULL && type->slots.getitem == NULL) {
        ou_raise_type_error(vm, "cannot unpack non-iterable %T object", source);
        return OU_RAISED;
    }
    OuValue *regs = ou_regs_open(vm, wanted + 2);
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = ou_iter(vm, source);
    uint32_t got = 0;
    while (regs[0] != OU_NOTHING && got < wanted) {
        OuValue item = ou_next(vm, regs[0]);
        if (item == OU_NOTHING) { break; }
        regs[2 + got++] = item;
    }
    int status = OU_RAISED;
    if (regs[0] == OU_NOTHING || vm->pending != OU_NOTHING) { goto done; }
    if (got < wanted) {
        raise_unpack(vm, false, wanted, got, false);
        goto done;
    }
    regs[1] = ou_next(vm, regs[0]);
    if (regs[1] != OU_NOTHING) {
        raise_unpack(vm, true, wanted, 0, false);
        goto done;
    }
    if (vm->pending != OU_NOTHING) { goto done; }
    ou_reg_set(vm, &regs[0], OU_NOTHING);
    uint32_t from = ou_op_b(word);
    if (from >= frame->code->named) {
        regs[0] = source;
        frame->base[from] = OU_EMPTY_TEMP;
    }
    for (uint32_t i = 0; i < wanted; i++) { out[i] = ou_reg_take(&regs[2 + i]); }
    status = OU_DONE;
done:
    ou_reg_set(vm, &regs[1], OU_NOTHING);
    while (got-- > 0) { ou_reg_set(vm, &regs[2 + got], OU_NOTHING); }
    ou_regs_close(vm, regs);
    return status;
}

static int unpack_ex(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, before = ou_op_c(word), after = frame->pc[1], from = ou_op_b(word);
    OuValue *out = &frame->base[ou_op_a(word)];
    OuValue source = frame->base[from];
    OuType *type = ou_type_of(vm, source);
    if (type->slots.iter == NULL && type->slots.getitem == NULL) {
        ou_raise_type_error(vm, "cannot unpack non-iterable %T object", source);
        return OU_RAISED;
    }
    OuValue *regs = ou_regs_open(vm, 3);
    if (regs == NULL) { return OU_RAISED; }
    int status = OU_RAISED;
    regs[0] = ou_list_of(vm, source);
    if (regs[0] == OU_NOTHING) { goto done; }
    OuList *all = ou_as_list(regs[0]);
    if (all->length < before + after) {
        raise_unpack(vm, false, before + after, all->length, true);
        goto done;
    }
    uint32_t middle = all->length - before - after;
    OuList *rest = ou_list_new(vm, middle);
    if (rest == NULL) { goto done; }
    regs[1] = ou_word(rest);
    for (uint32_t i = 0; i < middle; i++) { ou_list_append(vm, rest, all->items[before + i]); }
    if (from >= frame->code->named) {
        regs[2] = source;
        frame->base[from] = OU_EMPTY_TEMP;
    }
    for (uint32_t i = 0; i < before; i++) { out[i] = ou_incref(all->items[i]); }
    out[before] = ou_reg_take(&regs[1]);
    for (uint32_t i = 0; i < after; i++) { out[before + 1 + i] = ou_incref(all->items[before + middle + i]); }
    status = OU_DONE;
done:
    ou_regs_close(vm, regs);
    return status;
}

/* --- functions and raising ------------------------------------------------------------------------------------------------------------ */

static int function(OuVM *vm, OuFrame *frame) {
    uint32_t word = *frame->pc, flags = ou_op_b(word);
    OuValue *details = &frame->base[ou_op_c(word)];
    OuCode *code = ou_as_code(ou_as_tuple(frame->code->constants)->items[frame->code->child_base + frame->pc[1]]);
    OuValue cells[512];
    if (code->free_count > 512) {
        ou_raise(vm, OU_EXC_SystemError, "too many captured variables");
        return OU_RAISED;
    }
    for (uint32_t i = 0; i < code->free_count; i++) {
        cells[i] = code->captures[i].local ? frame->base[code->captures[i].index]
                                           : frame->func->cells[code->captures[i].index];
    }
    OuValue made = ou_function_new(vm, code, cells);
    if (made == OU_NOTHING) { return OU_RAISED; }
    if (flags) {
        OuFunctionExtra *extra = ou_function_extra(vm, ou_as_function(made));
        if (extra == NULL) {
            ou_drop(vm, made);
            return OU_RAISED;
        }
        OuValue *places[] = {&extra->defaults, &extra->kwdefaults, &extra->annotations};
        for (uint32_t bit = 0; bit < 3; bit++) {
            if (flags >> bit & 1) {
                ou_slot_init(places[bit], *details);
                *details++ = OU_EMPTY_TEMP;
            }
        }
    }
    return finish(vm, made);
}

/* An exception instance from what follows `raise` (owned). */
static OuValue exception_of(OuVM *vm, OuValue what) {
    if (ou_is_type(what) && (ou_as_type(what)->flags & OU_TYPE_EXCEPTION)) {
        OuValue made = ou_call0(vm, what);
        if (made != OU_NOTHING && !ou_is_exception(vm, made)) {
            ou_raise_type_error(vm, "calling %R should have returned an instance of BaseException, not %T", what, made);
            ou_drop(vm, made);
            return OU_NOTHING;
        }
        return made;
    }
    if (ou_is_exception(vm, what)) { return ou_incref(what); }
    return ou_raise_type_error(vm, "exceptions must derive from BaseException");
}

static int raise(OuVM *vm, OuFrame *frame, bool has_cause) {
    uint32_t word = *frame->pc;
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_RAISED; }
    regs[0] = exception_of(vm, frame->base[ou_op_a(word)]);
    if (regs[0] != OU_NOTHING && has_cause) {
        OuValue cause = frame->base[ou_op_b(word)];
        if (cause != OU_NONE) {
            if (ou_is_type(cause) && (ou_as_type(cause)->flags & OU_TYPE_EXCEPTION)) {
                regs[1] = ou_call0(vm, cause);
            } else if (ou_is_exception(vm, cause)) {
                regs[1] = ou_incref(cause);
            } else {
                ou_raise_type_error(vm, "exception causes must derive from BaseException");
            }
            if (regs[1] == OU_NOTHING) {
                ou_regs_close(vm, regs);
                return OU_RAISED;
            }
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
    if (ou_is_type(type) && (ou_as_type(type)->flags & OU_TYPE_EXCEPTION)) {
        return ou_type_is_subtype(ou_type_of(vm, exception), ou_as_type(type));
    }
    if (ou_is_tuple(type)) {
        OuTuple *list = ou_as_tuple(type);
        for (size_t i = 0, count = ou_tuple_length(list); i < count; i++) {
            if (!ou_is_type(list->items[i]) || !(ou_as_type(list->items[i])->flags & OU_TYPE_EXCEPTION)) {
                ou_raise_type_error(vm, "catching classes that do not inherit from BaseException is not allowed");
                return -1;
            }
        }
        for (size_t i = 0, count = ou_tuple_length(list); i < count; i++) {
            if (ou_type_is_subtype(ou_type_of(vm, exception), ou_as_type(list->items[i]))) { return 1; }
        }
        return 0;
    }
    ou_raise_type_error(vm, "catching classes that do not inherit from BaseException is not allowed");
    return -1;
}

static int import(OuVM *vm, OuFrame *frame) {
    const uint32_t *pc = frame->pc;
    OuTuple *constants = ou_as_tuple(frame->code->constants);
    OuValue names = pc[2] == UINT32_MAX ? OU_NONE : constants->items[pc[2]];
    return finish(vm,
                  ou_module_import(vm, ou_as_str(constants->items[ou_op_bc(*pc)]), (int)pc[1], frame->globals, names));
}

static int annotations(OuVM *vm, OuFrame *frame) {
    OuDict *names = frame->locals != OU_NOTHING ? ou_as_dict(frame->locals) : frame->globals;
    if (ou_dict_peek_name(names, vm->names[OU_NAME_annotations]) == OU_NOTHING) {
        OuDict *dict = ou_dict_new(vm, 0);
        if (dict == NULL) { return OU_RAISED; }
        int status = ou_dict_set_name(vm, names, vm->names[OU_NAME_annotations], ou_word(dict));
        ou_drop(vm, ou_word(dict));
        return status < 0 ? OU_RAISED : OU_DONE;
    }
    return OU_DONE;
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
            ou_raise(vm, OU_EXC_UnboundLocalError,
                     "cannot access local variable where it is not associated with a value");
            return OU_RAISED;
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
    case OP_LOAD_NAME: return finish(vm, load_name(vm, frame, name_at(frame, ou_op_bc(word))));
    case OP_STORE_NAME:
        return finish_status(vm,
                             ou_dict_set_name(vm, ou_as_dict(frame->locals), name_at(frame, ou_op_bc(word)), base[a]));
    case OP_DEL_NAME: return delete_from(vm, ou_as_dict(frame->locals), name_at(frame, ou_op_bc(word)));
    case OP_LOAD_CLASSDEREF: return class_deref(vm, frame);
    case OP_IS:
    case OP_IS_NOT: return finish(vm, ou_incref(ou_from_bool((base[b] == base[c]) == (op == OP_IS))));
    case OP_DEL_ATTR:
        return finish_status(vm, ou_setattr(vm, base[a], name_at(frame, frame->pc[1] & 0xffff), OU_NOTHING));
    case OP_BUILD_SLICE:
    case OP_BUILD_TUPLE:
    case OP_BUILD_LIST:
    case OP_BUILD_SET:
    case OP_BUILD_DICT:
    case OP_BUILD_STRING: return build(vm, frame, op);
    case OP_LIST_APPEND: return finish_status(vm, ou_list_append(vm, ou_as_list(base[a]), base[b]));
    case OP_LIST_EXTEND: return list_extend(vm, frame);
    case OP_LIST_TO_TUPLE:
        return finish(vm, ou_tuple_from(vm, ou_as_list(base[b])->items, ou_as_list(base[b])->length));
    case OP_SET_ADD: return finish_status(vm, ou_set_add(vm, (OuSet *)(uintptr_t)base[a], base[b]));
    case OP_SET_UPDATE: return finish_status(vm, ou_set_update(vm, (OuSet *)(uintptr_t)base[a], base[b]));
    case OP_DICT_SET: return finish_status(vm, ou_dict_set(vm, ou_as_dict(base[a]), base[b], base[c]));
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
                                     : finish(vm, ou_incref(builder));
    }
    case OP_YIELD_ITER:
        return finish(vm, ou_is_kind(base[b], OU_KIND_GENERATOR) ? ou_incref(base[b]) : ou_iter(vm, base[b]));
    case OP_RAISE: return raise(vm, frame, false);
    case OP_RAISE_FROM: return raise(vm, frame, true);
    case OP_IMPORT: return import(vm, frame);
    case OP_IMPORT_FROM: return finish(vm, ou_import_from(vm, base[b], name_at(frame, frame->pc[1])));
    case OP_IMPORT_STAR: return finish_status(vm, ou_import_star(vm, base[a], frame->globals));
    case OP_ASSERTION_ERROR: return finish(vm, ou_incref(ou_word(vm->exceptions[OU_EXC_AssertionError])));
    case OP_ANNOTATIONS: return annotations(vm, frame);
    case OP_PRINT: return finish_status(vm, ou_display_hook(vm, base[a]));
    default: ou_raise(vm, OU_EXC_SystemError, "bad instruction %u", op); return OU_RAISED;
    }
}
