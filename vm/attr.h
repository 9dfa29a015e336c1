/* Attribute access. */
#ifndef OU_VM_ATTR_H
#define OU_VM_ATTR_H

#include "vm/type.h"

/* object.__getattribute__ and object.__setattr__. */
OuValue ou_getattr_generic(OuVM *vm, OuValue self, OuStr *name);
int ou_setattr_generic(OuVM *vm, OuValue self, OuStr *name, OuValue value);
OuValue ou_raise_no_attribute(OuVM *vm, OuValue self, OuStr *name);
/* Calls a descriptor's __get__. */
OuValue ou_descr_get(OuVM *vm, OuValue descriptor, OuValue object, OuType *type);
/* Native types that keep attributes of their own (function, module) offer them through this: borrowed or OU_NOTHING. */
OuValue ou_own_attribute(OuVM *vm, OuValue self, OuStr *name);

size_t ou_attr_cache_size(void);

#endif
