/* Instances: three layouts for the attributes, one meaning. */
#include "vm/objects/help.h"

typedef struct Outside {
    uint64_t capacity;
    OuValue slots[];
} Outside;

static OuType *type_of(OuHeap *heap, const OuCell *cell) { return ((OuVM *)heap)->shapes[cell->aux]->type; }
OuType *ou_instance_type(OuVM *vm, const OuCell *cell) { return vm->shapes[cell->aux]->type; }

static uint32_t words_of(const OuCell *cell) {
    return (uint32_t)(ou_cell_size(cell) / sizeof(OuValue)) - 1 - ((cell->flags & OU_INSTANCE_BIRTH) != 0);
}

static Outside *outside(const OuInstance *self, uint32_t base) { return (Outside *)(uintptr_t)self->words[base]; }
static size_t outside_bytes(const Outside *self) { return sizeof(Outside) + self->capacity * sizeof(OuValue); }

OuInstance *ou_instance_new(OuVM *vm, OuType *type) {
    OuShape *root = ou_shape_root(vm, type);
    if (root == NULL) { return NULL; }
    bool has_del = (type->flags & OU_TYPE_HAS_DEL) != 0;
    uint32_t slots = type->slot_count ? type->slot_count : type->slot_hint;
    if (type->flags & OU_TYPE_NO_DICT) {
        slots = 0;
    } else if (slots == 0) {
        slots = 1; /* room for the dict or the pointer to outside slots */
    }
    size_t bytes = sizeof(OuInstance) + (type->slot_base + slots + has_del) * sizeof(OuValue);
    OuInstance *self = (OuInstance *)ou_cell_new(&vm->heap, OU_KIND_INSTANCE, bytes);
    if (self == NULL) { return ou_no_memory(vm); }
    self->cell.aux = root->id;
    ou_incref_cell(type);
    if (has_del) {
        self->cell.flags |= OU_FLAG_FINALIZER | OU_INSTANCE_BIRTH;
        self->words[ou_cell_size(&self->cell) / sizeof(OuValue) - 2] = vm->heap.next_birth++;
    }
    return self;
}

OuValue ou_payload_wrap_take(OuVM *vm, OuType *type, OuValue plain) {
    if (plain == OU_NOTHING) { return OU_NOTHING; }
    OuInstance *self = ou_instance_new(vm, type);
    if (self == NULL) { return ou_dropped(vm, plain); }
    if (ou_is_cell(plain) && ou_cell(plain)->count == 1) { ou_cell(plain)->flags |= OU_FLAG_PAYLOAD; }
    ou_slot_init(&self->words[0], plain);
    return ou_word(self);
}

/* --- attributes ------------------------------------------------------------------------------------------------ */

static OuValue *slots_of(OuVM *vm, OuInstance *self) {
    uint32_t base = ou_shape_of(vm, &self->cell)->type->slot_base;
    return self->cell.kind == OU_KIND_INSTANCE ? &self->words[base] : outside(self, base)->slots;
}

static OuDict *dict_of(OuVM *vm, const OuInstance *self) {
    return ou_as_dict(self->words[ou_shape_of(vm, &self->cell)->type->slot_base]);
}

OuValue ou_instance_peek(OuVM *vm, OuInstance *self, OuStr *name) {
    if (self->cell.kind == OU_KIND_INSTANCE_DICT) { return ou_dict_peek_name(dict_of(vm, self), name); }
    OuShape *shape = ou_shape_of(vm, &self->cell);
    int slot = ou_shape_slot(shape->type, name);
    return slot >= 0 && (shape->present >> slot & 1) ? slots_of(vm, self)[slot] : OU_NOTHING;
}

static int grow_outside(OuVM *vm, OuInstance *self, uint32_t wanted) {
    OuShape *shape = ou_shape_of(vm, &self->cell);
    uint32_t base = shape->type->slot_base, capacity = wanted + 4 > OU_SHAPE_SLOTS ? OU_SHAPE_SLOTS : wanted + 4;
    Outside *fresh = ou_buffer_new(&vm->heap, sizeof(Outside) + capacity * sizeof(OuValue));
    if (fresh == NULL) { return ou_raised(ou_raise_memory(vm)); }
    memset(fresh, 0, sizeof(Outside) + capacity * sizeof(OuValue));
    fresh->capacity = capacity;
    bool inside = self->cell.kind == OU_KIND_INSTANCE;
    uint32_t count = inside ? words_of(&self->cell) - base : (uint32_t)outside(self, base)->capacity;
    OuValue *old = slots_of(vm, self);
    for (uint32_t i = 0; i < count && i < capacity; i++) { fresh->slots[i] = old[i]; }
    if (inside) {
        memset(old, 0, count * sizeof(OuValue));
        self->cell.kind = OU_KIND_INSTANCE_OUT;
    } else {
        ou_buffer_free(&vm->heap, outside(self, base), outside_bytes(outside(self, base)));
    }
    self->words[base] = (OuValue)(uintptr_t)fresh;
    ou_slots_permuted(&vm->heap, &self->cell);
    return 0;
}

OuDict *ou_instance_dict(OuVM *vm, OuInstance *self) {
    if (self->cell.kind == OU_KIND_INSTANCE_DICT) { return dict_of(vm, self); }
    OuShape *shape = ou_shape_of(vm, &self->cell);
    uint32_t base = shape->type->slot_base;
    uint8_t order[OU_SHAPE_SLOTS];
    uint32_t count = ou_shape_order(shape, order);
    OuDict *dict = ou_dict_new(vm, count);
    if (dict == NULL) { return NULL; }
    OuValue *slots = slots_of(vm, self);
    for (uint32_t i = 0; i < count; i++) {
        if (ou_dict_set_name(vm, dict, ou_as_str(shape->type->slot_names[order[i]]), slots[order[i]]) < 0) {
            ou_drop(vm, ou_word(dict));
            return NULL;
        }
    }
    for (uint32_t i = 0; i < count; i++) { /* the dict holds them all: nothing dies */
        ou_slot_clear(&vm->heap, &slots[order[i]]);
    }
    if (self->cell.kind == OU_KIND_INSTANCE_OUT) {
        ou_buffer_free(&vm->heap, outside(self, base), outside_bytes(outside(self, base)));
        self->words[base] = OU_NOTHING;
    }
    self->cell.kind = OU_KIND_INSTANCE_DICT;
    ou_slot_init(&self->words[base], ou_word(dict));
    self->cell.aux = shape->type->root_shape->id;
    return dict;
}

int ou_instance_set_dict(OuVM *vm, OuInstance *self, OuDict *dict) {
    if (ou_instance_dict(vm, self) == NULL) { return -1; }
    ou_slot_set(&vm->heap, &self->words[ou_shape_of(vm, &self->cell)->type->slot_base], ou_incref(ou_word(dict)));
    return 0;
}

int ou_instance_set(OuVM *vm, OuInstance *self, OuStr *name, OuValue value) {
    if (self->cell.kind != OU_KIND_INSTANCE_DICT) {
        OuShape *shape = ou_shape_of(vm, &self->cell);
        int slot = ou_str_is_interned(name) ? ou_shape_slot_ensure(vm, shape->type, name) : -1;
        if (slot >= 0 && (shape->present >> slot & 1)) {
            ou_slot_set(&vm->heap, &slots_of(vm, self)[slot], ou_incref(value));
            return 0;
        }
        OuShape *next = slot >= 0 ? ou_shape_add(vm, shape, (uint32_t)slot) : NULL;
        if (next != NULL) {
            uint32_t base = shape->type->slot_base;
            uint32_t capacity = self->cell.kind == OU_KIND_INSTANCE ? words_of(&self->cell) - base
                                                                    : (uint32_t)outside(self, base)->capacity;
            if ((uint32_t)slot >= capacity && grow_outside(vm, self, (uint32_t)slot + 1) < 0) { return -1; }
            ou_slot_init(&slots_of(vm, self)[slot], ou_incref(value));
            self->cell.aux = next->id;
            return 0;
        }
        if (vm->pending != OU_NOTHING || ou_instance_dict(vm, self) == NULL) { return -1; }
    }
    return ou_dict_set(vm, dict_of(vm, self), ou_word(name), value);
}

int ou_instance_delete(OuVM *vm, OuInstance *self, OuStr *name) {
    if (self->cell.kind == OU_KIND_INSTANCE_DICT) { return ou_dict_delete(vm, dict_of(vm, self), ou_word(name)); }
    OuShape *shape = ou_shape_of(vm, &self->cell);
    int slot = ou_shape_slot(shape->type, name);
    if (slot < 0 || !(shape->present >> slot & 1)) { return 0; }
    OuShape *next = ou_shape_remove(vm, shape, (uint32_t)slot);
    if (next == NULL) {
        if (vm->pending != OU_NOTHING || ou_instance_dict(vm, self) == NULL) { return -1; }
        return ou_dict_delete(vm, dict_of(vm, self), ou_word(name));
    }
    OuValue *place = &slots_of(vm, self)[slot];
    self->cell.aux = next->id;
    ou_slot_clear(&vm->heap, place);
    return 1;
}

/* --- operations ---------------------------------------------------------------------------------------------------- */

static uint32_t fields_of(const OuType *type) {
    return type->flags & OU_TYPE_EXCEPTION ? OU_EXC_WORDS : type->payload != 0;
}

/* Members die first, attributes next, then what a built-in base keeps. */
static uint32_t spans(const OuType *type, OuInstance *self, OuValue *attributes, size_t count, OuSpan *out) {
    uint32_t base = type->slot_base, fields = base > 0 ? fields_of(type) : 0, used = 0;
    if (base > fields) { out[used++] = (OuSpan){&self->words[base - 1], base - fields, -1}; }
    out[used++] = (OuSpan){attributes, count, 1};
    if (fields > 0) { out[used++] = (OuSpan){self->words, fields, 1}; }
    return used;
}

static uint32_t instance_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    const OuType *type = type_of(heap, cell);
    OuInstance *self = (OuInstance *)cell;
    uint32_t words = words_of(cell), base = type->slot_base;
    if (base > 0) { return spans(type, self, &self->words[base], words - base, out); }
    *out = (OuSpan){self->words, words, 1};
    return 1;
}

static uint32_t instance_out_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    const OuType *type = type_of(heap, cell);
    Outside *slots = outside((OuInstance *)cell, type->slot_base);
    return spans(type, (OuInstance *)cell, slots->slots, slots->capacity, out);
}

static uint32_t instance_dict_spans(OuHeap *heap, OuCell *cell, OuSpan *out) {
    const OuType *type = type_of(heap, cell);
    return spans(type, (OuInstance *)cell, &((OuInstance *)cell)->words[type->slot_base], 1, out);
}

static OuCell *instance_owner(OuHeap *heap, OuCell *cell) { return &type_of(heap, cell)->cell; }

static void instance_out_drop(OuHeap *heap, OuCell *cell) {
    Outside *slots = outside((OuInstance *)cell, type_of(heap, cell)->slot_base);
    ou_buffer_free(heap, slots, outside_bytes(slots));
}

static size_t instance_out_bytes(OuHeap *heap, const OuCell *cell) {
    return outside_bytes(outside((const OuInstance *)cell, type_of(heap, cell)->slot_base));
}

/* The preallocated MemoryError, which forgets what it told of, comes back to the interpreter. */
static void reserve(OuVM *vm, OuCell *cell) {
    vm->memory_reserved = true;
    cell->count++;
    cell->flags &= (uint8_t)~OU_FLAG_FINALIZED;
    for (unsigned field = OU_EXC_TRACEBACK; field <= OU_EXC_CONTEXT; field++) {
        ou_slot_clear(&vm->heap, ou_exception_field(vm->memory_error, field));
    }
}

/* __del__: the pending exception of whatever was going on is kept out of its sight. */
static void instance_finalize(OuHeap *heap, OuCell *cell) {
    OuVM *vm = (OuVM *)heap;
    if (ou_word(cell) == vm->memory_error) {
        reserve(vm, cell);
        return;
    }
    OuValue pending = ou_take_pending(vm);
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) {
        ou_clear_pending(vm);
        ou_restore_pending_take(vm, pending);
        return;
    }
    regs[0] = pending;
    OuValue method;
    bool unbound;
    int found = ou_find_special(vm, ou_word(cell), vm->names[OU_NAME_del], &method, &unbound);
    if (found > 0) {
        regs[1] = method;
        OuValue result = unbound ? ou_call1(vm, method, ou_word(cell)) : ou_call0(vm, method);
        if (result == OU_NOTHING) { ou_report_unraisable(vm, NULL, method); }
        ou_drop(vm, result);
    } else if (found < 0) {
        ou_report_unraisable(vm, NULL, ou_word(cell));
    }
    pending = ou_reg_take(&regs[0]);
    ou_regs_close(vm, regs);
    ou_restore_pending_take(vm, pending);
}

/* Without a serial, behind all that have one. */
static uint64_t instance_birth(OuHeap *heap, const OuCell *cell) {
    return cell->flags & OU_INSTANCE_BIRTH ? ((const OuInstance *)cell)->words[ou_cell_size(cell) / sizeof(OuValue) - 2]
                                           : UINT64_C(1) << 63 | (uintptr_t)cell;
}

/* The name of the member in a word. */
static const OuStr *member_in(const OuType *type, uint32_t word) {
    for (; type->base != OU_NOTHING; type = ou_as_type(type->base)) {
        OuValue key, value;
        for (uint32_t at = 0; type->dict != OU_NOTHING && ou_dict_next(ou_as_dict(type->dict), &at, &key, &value);) {
            if (ou_is_kind(value, OU_KIND_MEMBER) && ou_member_place(value) == word) { return ou_as_str(key); }
        }
    }
    return NULL;
}

static void instance_edge_name(OuHeap *heap, OuCell *cell, uint32_t span, size_t index, char *buffer, size_t size) {
    static const char *const exception_fields[] = {"args", "__traceback__", "__cause__", "__context__", "value"};
    OuType *type = type_of(heap, cell);
    char name[80] = "?";
    uint32_t fields = fields_of(type);
    bool members = type->slot_base > fields;
    const OuStr *attribute = NULL;
    if (members && span == 0) {
        attribute = member_in(type, type->slot_base - 1 - (uint32_t)index);
    } else if (span == members && cell->kind != OU_KIND_INSTANCE_DICT && index < type->slot_count) {
        attribute = ou_as_str(type->slot_names[index]);
    }
    if (attribute != NULL) {
        ou_str_copy_utf8(attribute, name, sizeof name);
        snprintf(buffer, size, "attribute '%s'", name);
    } else {
        snprintf(buffer, size, "%s",
                 span == members                                     ? "__dict__"
                 : type->flags & OU_TYPE_EXCEPTION && index < fields ? exception_fields[index]
                                                                     : "content");
    }
}

/* A span function each: they run for every instance that dies or is marked. */
#define INSTANCE_OPS(its_spans)                                                                     \
    .name = "instance", .spans = its_spans, .owner = instance_owner, .finalize = instance_finalize, \
    .birth = instance_birth, .edge_name = instance_edge_name
const OuKindOps ou_instance_ops = {INSTANCE_OPS(instance_spans)};
const OuKindOps ou_instance_dict_ops = {INSTANCE_OPS(instance_dict_spans)};
const OuKindOps ou_instance_out_ops = {INSTANCE_OPS(instance_out_spans), .drop = instance_out_drop,
                                       .extra_bytes = instance_out_bytes};
