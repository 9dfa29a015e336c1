/* Special methods: which slot stands for which method, and whether a class implements it in Python. */
#ifndef OU_VM_SPECIAL_H
#define OU_VM_SPECIAL_H

#include "vm/type.h"

typedef enum OuSlotIndex {
    OU_SLOT_COMPARE,
    OU_SLOT_CONTAINS,
    OU_SLOT_TRUTH,
    OU_SLOT_GETITEM,
    OU_SLOT_SETITEM,
    OU_SLOT_ITER,
    OU_SLOT_NEXT,
    OU_SLOT_CALL,
    OU_SLOT_SETATTR,
    OU_SLOT_BINARY
} OuSlotIndex;

/* The methods of a binary operator: plain, reflected, in place; of a comparison. */
extern const OuNameIndex ou_binary_names[OU_BIN_COUNT][3], ou_compare_names[6];
/* What object.name(argument) gives; NotImplemented when the type has no such method. */
OuValue ou_special_attempt(OuVM *vm, OuValue object, OuNameIndex name, OuValue argument);
/* Did an operator's function give a result or raise? NotImplemented is dropped. */
static inline bool ou_answered(OuVM *vm, OuValue result) {
    if (result == OU_NOTIMPLEMENTED) { ou_drop(vm, result); }
    return result != OU_NOTIMPLEMENTED;
}
/* Is the type's slot the trampoline that looks the method up and calls it? */
bool ou_slot_is_python(const OuType *type, OuSlotIndex slot);
/* Recomputes the slots of a class (and its subclasses) after `name` changed in its namespace; NULL: all of them. */
void ou_slots_update(OuVM *vm, OuType *type, const OuStr *name);
/* Fills a fresh class's slots from its bases and namespace. */
void ou_slots_inherit(OuVM *vm, OuType *type);
/* Adds wrapper descriptors (__add__, __len__ ...) for the slots of a native type to its namespace. */
int ou_slots_expose(OuVM *vm, OuType *type);
/* Calls a wrapper descriptor's slot: args[0] is self. */
OuValue ou_slot_wrapper_call(OuVM *vm, int wrapper, OuType *owner, const OuValue *args, uint32_t nargs,
                             OuValue kwnames);
OuStr *ou_slot_wrapper_str(OuVM *vm, int wrapper);

#endif
