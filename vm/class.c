/* Classes: what a class statement makes, the order of bases, members of __slots__. */
#include "vm/objects/help.h"
#include "vm/special.h"

/* --- method resolution order: C3 --------------------------------------------------------------------------------------- */

static bool in_tail(OuValue candidate, const OuTuple *list, size_t from) {
    for (size_t i = from + 1, count = ou_tuple_length(list); i < count; i++) {
        if (list->items[i] == candidate) { return true; }
    }
    return false;
}

/* The lists that are merged: the order of each base, then the bases themselves. */
static const OuTuple *merged(const OuTuple *bases, size_t i) {
    return i < ou_tuple_length(bases) ? ou_as_tuple(ou_as_type(bases->items[i])->mro) : bases;
}

static OuValue raise_no_order(OuVM *vm, const OuTuple *bases, size_t from) {
    OuBuilder names = {.vm = vm};
    for (size_t i = from; i < ou_tuple_length(bases); i++) {
        ou_builder_text(&names, i > from ? ", " : "");
        ou_builder_str(&names, ou_as_str(ou_as_type(bases->items[i])->name));
    }
    OuValue text = ou_builder_finish(&names);
    if (text != OU_NOTHING) {
        ou_raise_type_error(vm, "Cannot create a consistent method resolution\norder (MRO) for bases %S", text);
    }
    return ou_dropped(vm, text);
}

static OuValue compute_mro(OuVM *vm, OuType *type) {
    const OuTuple *bases = ou_as_tuple(type->bases);
    size_t count = ou_tuple_length(bases);
    size_t heads[64] = {0};
    if (count > 62) { return ou_raise_type_error(vm, "too many bases"); }
    OuList *out = ou_list_new(vm, 8);
    OuValue chosen = ou_word(type);
    while (out != NULL && chosen != OU_NOTHING) {
        if (ou_list_append(vm, out, chosen) < 0) { return ou_dropped(vm, ou_word(out)); }
        bool empty = true;
        for (size_t i = 0; i <= count; i++) {
            const OuTuple *list = merged(bases, i);
            heads[i] += heads[i] < ou_tuple_length(list) && list->items[heads[i]] == chosen;
            empty &= heads[i] == ou_tuple_length(list);
        }
        chosen = OU_NOTHING;
        for (size_t i = 0; i <= count && chosen == OU_NOTHING; i++) {
            const OuTuple *list = merged(bases, i);
            chosen = heads[i] < ou_tuple_length(list) ? list->items[heads[i]] : OU_NOTHING;
            for (size_t j = 0; j <= count && chosen != OU_NOTHING; j++) {
                if (in_tail(chosen, merged(bases, j), heads[j])) { chosen = OU_NOTHING; }
            }
        }
        if (chosen == OU_NOTHING && !empty) {
            raise_no_order(vm, bases, heads[count]);
            return ou_dropped(vm, ou_word(out));
        }
    }
    OuValue mro = out != NULL ? ou_tuple_from(vm, out->items, out->length) : OU_NOTHING;
    ou_drop(vm, ou_word(out));
    return mro;
}

/* --- creation -------------------------------------------------------------------------------------------------------------- */

static void link_type(OuVM *vm, OuType *type) {
    type->prev_type = NULL;
    type->next_type = vm->all_types;
    if (type->next_type != NULL) { type->next_type->prev_type = type; }
    vm->all_types = type;
}

void ou_type_unlist(OuVM *vm, OuType *type) {
    if (type->prev_type != NULL) {
        type->prev_type->next_type = type->next_type;
    } else {
        vm->all_types = type->next_type;
    }
    if (type->next_type != NULL) { type->next_type->prev_type = type->prev_type; }
}

OuType *ou_type_alloc(OuVM *vm, OuStr *name, uint32_t flags) {
    OuType *type = ou_new_cell(vm, OU_KIND_TYPE, sizeof *type);
    if (type == NULL) { return NULL; }
    type->flags = flags;
    type->index = OU_TYPE_NO_INDEX;
    link_type(vm, type);
    ou_slot_init(&type->name, ou_incref(ou_word(name)));
    ou_slot_init(&type->qualname, ou_incref(ou_word(name)));
    OuDict *dict = ou_dict_new(vm, 0);
    if (dict == NULL) { return ou_null(ou_dropped(vm, ou_word(type))); }
    ou_slot_init(&type->dict, ou_word(dict));
    return type;
}

/* bases, base, mro and what follows from them are in place; registers the type with its bases. */
int ou_type_link(OuVM *vm, OuType *type) {
    OuValue mro = compute_mro(vm, type);
    if (mro == OU_NOTHING) { return -1; }
    ou_slot_init(&type->mro, mro);
    type->version = ou_version_next(vm);
    OuTuple *bases = ou_as_tuple(type->bases);
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        ou_as_type(bases->items[i])->flags |= OU_TYPE_HAS_SUBCLASSES;
    }
    return 0;
}

static const OuType *solid_base(const OuType *type) {
    while (type->base != OU_NOTHING) {
        const OuType *base = ou_as_type(type->base);
        if (type->slot_base != base->slot_base || type->payload != base->payload || !(type->flags & OU_TYPE_HEAP)) {
            if (!((type->flags & OU_TYPE_EXCEPTION) && (base->flags & OU_TYPE_EXCEPTION))) { return type; }
        }
        type = base;
    }
    return type;
}

static OuType *best_base(OuVM *vm, OuTuple *bases) {
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (bases->items[i] == bases->items[j] && ou_is_type(bases->items[i])) {
                return ou_null(ou_raise_type_error(vm, "duplicate base class %K", ou_as_type(bases->items[i])));
            }
        }
    }
    OuType *best = NULL;
    const OuType *solid = NULL;
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        if (!ou_is_type(bases->items[i])) { return ou_null(ou_raise_type_error(vm, "bases must be types")); }
        OuType *base = ou_as_type(bases->items[i]);
        if (base->flags & OU_TYPE_FINAL) {
            return ou_null(ou_raise_type_error(vm, "type '%K' is not an acceptable base type", base));
        }
        if (base == vm->types[OU_TYPE_TYPE]) {
            return ou_null(ou_raise_type_error(vm, "Ouro does not support metaclasses"));
        }
        const OuType *candidate = solid_base(base);
        if (best == NULL || (candidate != solid && ou_type_is_subtype(candidate, solid))) {
            best = base;
            solid = candidate;
        } else if (candidate != solid && !ou_type_is_subtype(solid, candidate)) {
            return ou_null(ou_raise_type_error(vm, "multiple bases have instance lay-out conflict"));
        }
    }
    return best;
}

/* --- members: the names of __slots__ ---
 *
 * Each has a word of the instance, behind those of the bases and in front of the attributes by shape. A class's own lie
 * last name first, so that going down from the last word they die as in CPython: of the class before its bases, each
 * in alphabetical order, which is the order CPython gives them. */

/* A name of __slots__ as the class has it (owned), private names mangled. NULL: raised. */
static OuStr *member_name(OuVM *vm, const OuType *type, OuValue item) {
    if (!ou_is_str(item)) {
        return ou_null(ou_raise_type_error(vm, "__slots__ items must be strings, not '%T'", item));
    }
    OuStr *name = ou_as_str(item), *owner = ou_as_str(type->name);
    if (!ou_str_is_identifier(name)) { return ou_null(ou_raise_type_error(vm, "__slots__ must be identifiers")); }
    uint32_t length = name->length, skip = 0;
    while (skip < owner->length && ou_str_at(owner, skip) == '_') { skip++; }
    bool private = length > 2 && ou_str_at(name, 0) == '_' && ou_str_at(name, 1) == '_' &&
                   !(ou_str_at(name, length - 1) == '_' && ou_str_at(name, length - 2) == '_');
    if (!private || skip == owner->length) { return ou_str_intern_take(vm, ou_as_str(ou_incref(item))); }
    OuValue stem = ou_str_substring(vm, owner, skip, owner->length);
    OuValue mangled = stem != OU_NOTHING ? ou_format(vm, "_%S%N", stem, name) : OU_NOTHING;
    ou_drop(vm, stem);
    return mangled != OU_NOTHING ? ou_str_intern_take(vm, ou_as_str(mangled)) : NULL;
}

/* Sorts the names of __slots__ into `list`; the two special ones go. -1 raised. */
static int member_names(OuVM *vm, OuType *type, OuTuple *items, OuList *list, bool *dict) {
    bool weak = (ou_as_type(type->base)->flags & OU_TYPE_WEAKREFS) != 0;
    for (size_t i = 0, count = ou_tuple_length(items); i < count; i++) {
        OuStr *name = member_name(vm, type, items->items[i]);
        if (name == NULL) { return -1; }
        int status = 0;
        bool *special = ou_str_equal_text(name, "__dict__")      ? dict
                        : ou_str_equal_text(name, "__weakref__") ? &weak
                                                                 : NULL;
        if (special != NULL && *special) {
            status = ou_raised_type(vm, special == dict ? "__dict__ slot disallowed: we already got one"
                                                        : "__weakref__ slot disallowed: either we already got one, or "
                                                          "__itemsize__ != 0");
        } else if (special != NULL) {
            *special = true;
        } else if (ou_dict_place(ou_as_dict(type->dict), name) != NULL) {
            status = ou_raised_value(vm, "%R in __slots__ conflicts with class variable", ou_word(name));
        } else {
            status = ou_list_append(vm, list, ou_word(name));
        }
        ou_drop(vm, ou_word(name));
        if (status < 0) { return -1; }
    }
    if (weak) { type->flags |= OU_TYPE_WEAKREFS; }
    return ou_list_sort(vm, list, OU_NOTHING, false);
}

static int add_members(OuVM *vm, OuType *type, OuList *names) {
    uint32_t first = type->slot_base, count = names->length;
    for (uint32_t i = 0; i < count; i++) {
        OuValue member = ou_member_new(vm, ou_as_str(names->items[i]), type, first + count - 1 - i);
        OuStr *name = ou_as_str(names->items[i]);
        if (ou_dict_set_name_take(vm, ou_as_dict(type->dict), name, member) < 0) { return -1; }
    }
    type->slot_base = first + count;
    return 0;
}

static int process_slots(OuVM *vm, OuType *type) {
    OuValue names = ou_dict_peek_name(ou_as_dict(type->dict), vm->names[OU_NAME_slots]);
    OuTuple *bases = ou_as_tuple(type->bases);
    bool dict = false;
    for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
        dict |= ou_type_has_dict(ou_as_type(bases->items[i]));
        type->flags |= ou_as_type(bases->items[i])->flags & OU_TYPE_WEAKREFS;
    }
    uint8_t kind = type->payload;
    bool sized = kind == OU_KIND_INT || kind == OU_KIND_TUPLE || kind == OU_KIND_BYTES; /* nothing fits behind these */
    if (names == OU_NOTHING) {
        type->flags |= sized ? 0 : OU_TYPE_WEAKREFS;
        return 0;
    }
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return -1; }
    OuList *list = ou_list_new(vm, 0);
    regs[0] = ou_word(list);
    regs[1] = ou_is_a(vm, names, OU_TYPE_STR) ? ou_tuple_from(vm, &names, 1) : ou_tuple_of(vm, names);
    int status = list != NULL && regs[1] != OU_NOTHING ? 0 : -1;
    if (status == 0 && ou_tuple_length(ou_as_tuple(regs[1])) > 0 && sized) {
        status = ou_raised_type(vm, "nonempty __slots__ not supported for subtype of '%K'", ou_as_type(type->base));
    }
    if (status == 0) { status = member_names(vm, type, ou_as_tuple(regs[1]), list, &dict); }
    if (status == 0) { status = add_members(vm, type, list); }
    ou_regs_close(vm, regs);
    if (!dict) { type->flags |= OU_TYPE_NO_DICT; }
    return status;
}

/* The first class of the layout: what is above adds or leaves out something. */
static const OuType *layout_base(const OuType *type) {
    const uint32_t parts = OU_TYPE_NO_DICT | OU_TYPE_WEAKREFS | OU_TYPE_HEAP;
    for (const OuType *base; type->base != OU_NOTHING; type = base) {
        base = ou_as_type(type->base);
        if (base->slot_base != type->slot_base || base->payload != type->payload ||
            ((base->flags ^ type->flags) & parts)) {
            break;
        }
    }
    return type;
}

bool ou_type_same_layout(const OuType *type, const OuType *old) {
    const OuType *a = layout_base(type), *b = layout_base(old);
    if (a == b) { return true; }
    if (a->base != b->base || a->slot_base != b->slot_base || a->payload != b->payload ||
        ((a->flags ^ b->flags) & (OU_TYPE_NO_DICT | OU_TYPE_WEAKREFS)) || !(a->flags & OU_TYPE_HEAP)) {
        return false;
    }
    OuValue key, value;
    for (uint32_t at = 0; ou_dict_next(ou_as_dict(a->dict), &at, &key, &value);) {
        if (!ou_is_kind(value, OU_KIND_MEMBER)) { continue; }
        OuValue *place = ou_dict_place(ou_as_dict(b->dict), ou_as_str(key));
        if (place == NULL || !ou_is_kind(*place, OU_KIND_MEMBER) || ou_member_place(*place) != ou_member_place(value)) {
            return false;
        }
    }
    return true;
}

/* Wraps a plain function under `name` as a static or class method. */
static int wrap_function(OuVM *vm, OuDict *dict, OuStr *name, uint8_t kind) {
    OuValue function = ou_dict_peek_name(dict, name);
    return ou_is_kind(function, OU_KIND_FUNCTION)
               ? ou_dict_set_name_take(vm, dict, name, ou_wrapped_new(vm, kind, function))
               : 0;
}

static int prepare_namespace(OuVM *vm, OuType *type, OuStr *name) {
    OuDict *dict = ou_as_dict(type->dict);
    OuValue value;
    int found = ou_dict_pop(vm, dict, ou_word(vm->names[OU_NAME_qualname]), &value);
    if (found > 0) {
        if (!ou_is_str(value)) {
            ou_raise_type_error(vm, "type __qualname__ must be a str, not %T", value);
            return ou_raised(ou_dropped(vm, value));
        }
        ou_slot_set(&vm->heap, &type->qualname, value);
    }
    if (ou_dict_place(dict, vm->names[OU_NAME_doc]) == NULL &&
        ou_dict_set_name(vm, dict, vm->names[OU_NAME_doc], OU_NONE) < 0) {
        return -1;
    }
    if (ou_dict_place(dict, vm->names[OU_NAME_module]) == NULL) {
        OuValue module =
            vm->frame > vm->frames ? ou_dict_peek_name(vm->frame->globals, vm->names[OU_NAME_name]) : OU_NOTHING;
        if (module != OU_NOTHING && ou_dict_set_name(vm, dict, vm->names[OU_NAME_module], module) < 0) { return -1; }
    }
    if (ou_dict_place(dict, vm->names[OU_NAME_eq]) != NULL && ou_dict_place(dict, vm->names[OU_NAME_hash]) == NULL &&
        ou_dict_set_name(vm, dict, vm->names[OU_NAME_hash], OU_NONE) < 0) {
        return -1;
    }
    if (wrap_function(vm, dict, vm->names[OU_NAME_new], OU_KIND_STATICMETHOD) < 0 ||
        wrap_function(vm, dict, vm->names[OU_NAME_init_subclass], OU_KIND_CLASSMETHOD) < 0 ||
        wrap_function(vm, dict, vm->names[OU_NAME_class_getitem], OU_KIND_CLASSMETHOD) < 0) {
        return -1;
    }
    return process_slots(vm, type);
}

static int set_names(OuVM *vm, OuType *type) {
    OuValue list = ou_dict_copy(vm, ou_as_dict(type->dict));
    OuValue *regs = ou_regs_hold_take(vm, list);
    if (regs == NULL) { return -1; }
    OuValue key, value;
    int status = 0;
    for (uint32_t at = 0; status == 0 && ou_dict_next(ou_as_dict(list), &at, &key, &value);) {
        if (ou_is_kind(value, OU_KIND_FUNCTION) ||
            ou_type_lookup(vm, ou_type_of(vm, value), vm->names[OU_NAME_set_name]) == OU_NOTHING) {
            continue;
        }
        OuValue args[2] = {ou_word(type), key}, out;
        if (ou_call_special(vm, value, vm->names[OU_NAME_set_name], args, 2, &out) < 0) {
            status = ou_raised(ou_raise_from_pending(
                vm, OU_EXC_RuntimeError, "Error calling __set_name__ on '%T' instance %R in '%K'", value, key, type));
        } else {
            ou_drop(vm, out);
        }
    }
    return ou_regs_status(vm, regs, status);
}

/* super(type, type).__init_subclass__(**kwargs) */
static int init_subclass(OuVM *vm, OuType *type, const OuValue *kwargs, uint32_t nkwargs, OuValue kwnames) {
    OuTuple *mro = ou_as_tuple(type->mro);
    for (size_t i = 1, count = ou_tuple_length(mro); i < count; i++) {
        OuValue hook = ou_dict_peek_name(ou_as_dict(ou_as_type(mro->items[i])->dict), vm->names[OU_NAME_init_subclass]);
        if (hook == OU_NOTHING) { continue; }
        OuValue *regs = ou_regs_hold_take(vm, ou_descr_get(vm, hook, OU_NOTHING, type));
        if (regs == NULL) { return -1; }
        OuValue result = ou_call_kw(vm, regs[0], kwargs, nkwargs, nkwargs ? kwnames : OU_NOTHING);
        ou_regs_close(vm, regs);
        return ou_status_take(vm, result);
    }
    return 0;
}

OuValue ou_type_create(OuVM *vm, OuStr *name, OuTuple *bases, OuDict *names, const OuValue *kwargs, uint32_t nkwargs,
                       OuValue kwnames) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue object = ou_word(vm->types[OU_TYPE_OBJECT]);
    regs[1] = ou_tuple_length(bases) ? ou_incref(ou_word(bases)) : ou_tuple_from(vm, &object, 1);
    OuType *base = regs[1] == OU_NOTHING ? NULL : best_base(vm, ou_as_tuple(regs[1]));
    OuType *type = base != NULL ? ou_type_alloc(vm, name, OU_TYPE_HEAP | (base->flags & OU_TYPE_EXCEPTION)) : NULL;
    if (type == NULL) { goto fail; }
    regs[0] = ou_word(type);
    ou_slot_init(&type->bases, ou_incref(regs[1]));
    ou_slot_init(&type->base, ou_incref(ou_word(base)));
    type->native = base->native;
    type->slot_base = base->slot_base;
    type->payload = base->payload;
    if (!(base->flags & OU_TYPE_HEAP) && base != vm->types[OU_TYPE_OBJECT] && !(base->flags & OU_TYPE_EXCEPTION)) {
        type->payload = (uint8_t)(OU_KIND_BASE + base->index);
        type->slot_base = 1;
    }
    if (ou_dict_merge(vm, ou_as_dict(type->dict), names, true) < 0) { goto fail; }
    OuValue cell;
    if (ou_dict_pop(vm, ou_as_dict(type->dict), ou_word(vm->names[OU_NAME_classcell]), &cell) > 0) {
        if (ou_is_kind(cell, OU_KIND_CELL)) {
            ou_slot_set(&vm->heap, &ou_as_cell_object(cell)->content, ou_incref(ou_word(type)));
        }
        ou_drop(vm, cell);
    }
    OuValue hint;
    if (ou_dict_pop(vm, ou_as_dict(type->dict), ou_word(vm->names[OU_NAME_slot_hint]), &hint) > 0) {
        type->slot_hint = (uint32_t)ou_small(hint);
    }
    type->slot_hint += base->slot_hint > base->slot_count ? base->slot_hint : base->slot_count;
    type->slot_hint = type->slot_hint > OU_SHAPE_SLOTS ? OU_SHAPE_SLOTS : type->slot_hint;
    if (prepare_namespace(vm, type, name) < 0 || ou_type_link(vm, type) < 0) { goto fail; }
    ou_slots_inherit(vm, type);
    ou_type_update_flags(vm, type);
    if (set_names(vm, type) < 0 || init_subclass(vm, type, kwargs, nkwargs, kwnames) < 0) { goto fail; }
    return ou_regs_first(vm, regs, 0);
fail:
    return ou_regs_result(vm, regs, OU_NOTHING);
}

/* --- other bases ------------------------------------------------------------ */

/* Pushes the classes that name `type` as a base onto `todo`, so that the one linked first comes off first. */
static int push_subclasses(OuVM *vm, OuType *type, OuList *todo) {
    if (!(type->flags & OU_TYPE_HAS_SUBCLASSES)) { return 0; }
    for (OuType *sub = vm->all_types; sub != NULL; sub = sub->next_type) {
        if (sub->cell.count == 0 || !ou_is_tuple(sub->bases)) { continue; } /* about to go */
        OuTuple *bases = ou_as_tuple(sub->bases);
        for (size_t i = 0, count = ou_tuple_length(bases); i < count; i++) {
            if (bases->items[i] == ou_word(type) && ou_list_append(vm, todo, ou_word(sub)) < 0) { return -1; }
        }
    }
    return 0;
}

/* Gives `type` and all below it their new order of bases. `done` gets each class visited and the order it had, in
 * turn; a class is visited once for each way that leads to it, since its other bases may not be ready earlier. */
static int renew_mros(OuVM *vm, OuType *type, OuList *todo, OuList *done) {
    if (ou_list_append(vm, todo, ou_word(type)) < 0) { return -1; }
    while (todo->length > 0) {
        OuValue word = ou_slot_take(&vm->heap, &todo->items[todo->length - 1]);
        todo->length--;
        if (ou_list_append_take(vm, done, word) < 0) { return -1; }
        OuType *next = ou_as_type(word);
        OuValue mro = compute_mro(vm, next);
        if (mro == OU_NOTHING) { return -1; }
        if (ou_list_append(vm, done, next->mro) < 0) { return ou_raised(ou_dropped(vm, mro)); }
        ou_slot_set(&vm->heap, &next->mro, mro);
        if (push_subclasses(vm, next, todo) < 0) { return -1; }
    }
    return 0;
}

int ou_type_set_bases(OuVM *vm, OuType *type, OuTuple *bases) {
    if (ou_tuple_length(bases) == 0) {
        return ou_raised_type(vm, "can only assign non-empty tuple to %K.__bases__, not ()", type);
    }
    for (size_t i = 0; i < ou_tuple_length(bases); i++) {
        if (!ou_is_type(bases->items[i])) {
            return ou_raised_type(vm, "%K.__bases__ must be tuple of classes, not '%T'", type, bases->items[i]);
        }
        if (ou_type_is_subtype(ou_as_type(bases->items[i]), type)) {
            return ou_raised_type(vm, "a __bases__ item causes an inheritance cycle");
        }
    }
    OuType *base = best_base(vm, bases);
    if (base == NULL) { return -1; }
    if (!ou_type_same_layout(base, ou_as_type(type->base))) {
        return ou_raised_type(vm, "__bases__ assignment: '%K' object layout differs from '%K'", base,
                              ou_as_type(type->base));
    }
    OuValue *regs = ou_regs_open(vm, 4);
    if (regs == NULL) { return -1; }
    OuList *todo = ou_list_new(vm, 4), *done = ou_list_new(vm, 8);
    regs[0] = ou_word(todo);
    regs[1] = ou_word(done);
    int status = -1;
    if (todo != NULL && done != NULL) {
        regs[2] = ou_incref(type->bases);
        regs[3] = ou_incref(type->base);
        ou_slot_set(&vm->heap, &type->bases, ou_incref(ou_word(bases)));
        ou_slot_set(&vm->heap, &type->base, ou_incref(ou_word(base)));
        status = renew_mros(vm, type, todo, done);
    }
    if (status == 0) {
        for (size_t i = 0; i < ou_tuple_length(bases); i++) {
            ou_as_type(bases->items[i])->flags |= OU_TYPE_HAS_SUBCLASSES;
        }
        ou_type_unlist(vm, type); /* for its bases it is the newest subclass now */
        link_type(vm, type);
        ou_type_renew(vm, type);
        for (size_t i = 0; i < done->length; i += 2) { ou_slots_inherit(vm, ou_as_type(done->items[i])); }
        ou_type_update_flags(vm, type);
    } else if (done != NULL) {
        for (size_t i = done->length / 2; i-- > 0;) { /* the last class may have no order beside it yet */
            ou_slot_set(&vm->heap, &ou_as_type(done->items[2 * i])->mro, ou_incref(done->items[2 * i + 1]));
        }
        ou_slot_set(&vm->heap, &type->bases, ou_reg_take(&regs[2]));
        ou_slot_set(&vm->heap, &type->base, ou_reg_take(&regs[3]));
    }
    return ou_regs_status(vm, regs, status);
}
