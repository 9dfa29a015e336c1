/* Shapes: made on demand, owned by their class, known by 16-bit ids. */
#include "vm/objects/help.h"

/* A version is never used twice, so a cache filled for a shape or class that is gone can never match again. */
uint32_t ou_version_next(OuVM *vm) { return ++vm->next_version; }

static OuShape *shape_new(OuVM *vm, OuType *type, OuShape *parent, uint32_t slot) {
    uint32_t id = vm->shape_free;
    if (id != 0) {
        vm->shape_free = (uint32_t)(uintptr_t)vm->shapes[id];
    } else if (vm->shape_count < OU_SHAPE_MAX) {
        id = vm->shape_count++;
    } else {
        return NULL;
    }
    OuShape *self = ou_buffer_new(&vm->heap, sizeof *self);
    if (self == NULL) {
        vm->shapes[id] = (OuShape *)(uintptr_t)vm->shape_free;
        vm->shape_free = id;
        return ou_no_memory(vm);
    }
    *self = (OuShape){.type = type, .parent = parent, .next = type->shapes, .id = (uint16_t)id, .slot = (uint8_t)slot};
    if (parent != NULL) {
        self->present = parent->present | 1u << slot;
        self->count = (uint8_t)(parent->count + 1);
        self->sibling = parent->children;
        parent->children = self;
    }
    type->shapes = self;
    type->shape_count++;
    vm->shapes[id] = self;
    vm->shape_versions[id] = ou_version_next(vm);
    return self;
}

OuShape *ou_shape_root(OuVM *vm, OuType *type) {
    if (type->root_shape == NULL) {
        type->root_shape = shape_new(vm, type, NULL, 0);
        if (type->root_shape == NULL && vm->pending == OU_NOTHING) {
            ou_raise_memory(vm); /* 65,000 classes with instances at a time */
        }
    }
    return type->root_shape;
}

OuShape *ou_shape_add(OuVM *vm, OuShape *self, uint32_t slot) {
    for (OuShape *child = self->children; child != NULL; child = child->sibling) {
        if (child->slot == slot) { return child; }
    }
    if (self->type->shape_count >= OU_SHAPES_PER_CLASS) { return NULL; }
    return shape_new(vm, self->type, self, slot);
}

uint32_t ou_shape_order(const OuShape *self, uint8_t *slots) {
    uint32_t count = self->count;
    for (uint32_t i = count; i-- > 0; self = self->parent) { slots[i] = self->slot; }
    return count;
}

OuShape *ou_shape_remove(OuVM *vm, OuShape *self, uint32_t slot) {
    uint8_t order[OU_SHAPE_SLOTS];
    uint32_t count = ou_shape_order(self, order);
    OuShape *shape = ou_shape_root(vm, self->type);
    for (uint32_t i = 0; shape != NULL && i < count; i++) {
        if (order[i] != slot) { shape = ou_shape_add(vm, shape, order[i]); }
    }
    return shape;
}

int ou_shape_slot(const OuType *type, const OuStr *name) {
    for (uint32_t i = 0; i < type->slot_count; i++) {
        if (type->slot_names[i] == ou_word(name)) { return (int)i; }
    }
    return -1;
}

int ou_shape_slot_ensure(OuVM *vm, OuType *type, OuStr *name) {
    int slot = ou_shape_slot(type, name);
    if (slot >= 0 || type->slot_count == OU_SHAPE_SLOTS) { return slot; }
    ou_slot_init(&type->slot_names[type->slot_count], ou_incref(ou_word(name)));
    return (int)type->slot_count++;
}

void ou_shape_renew(OuVM *vm, OuType *type) {
    for (OuShape *shape = type->shapes; shape != NULL; shape = shape->next) {
        vm->shape_versions[shape->id] = ou_version_next(vm);
    }
}

void ou_shape_free_all(OuVM *vm, OuType *type) {
    OuShape *shape = type->shapes;
    while (shape != NULL) {
        OuShape *next = shape->next;
        vm->shape_versions[shape->id] = 0;
        vm->shapes[shape->id] = (OuShape *)(uintptr_t)vm->shape_free;
        vm->shape_free = shape->id;
        ou_buffer_free(&vm->heap, shape, sizeof *shape);
        shape = next;
    }
    type->shapes = NULL;
    type->root_shape = NULL;
    type->shape_count = 0;
}
