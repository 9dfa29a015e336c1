/* Weak references as Python sees them. */
#ifndef OU_VM_OBJECTS_WEAKREF_H
#define OU_VM_OBJECTS_WEAKREF_H

#include "vm/vm.h"

/* OuHeapHooks.weak_callback. */
void ou_weakref_callback(OuHeap *heap, OuCell *cell);
/* __weakref__ of an instance: its first weak reference, or None. */
OuValue ou_weakref_of_instance(OuVM *vm, OuValue self);

extern const OuKindOps ou_weakref_ops;
extern const OuNativeType ou_weakref_type, ou_weakproxy_type;

#endif
