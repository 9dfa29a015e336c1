/* Set-up of the exception tree. */
#ifndef OU_VM_OBJECTS_EXCEPTION_H
#define OU_VM_OBJECTS_EXCEPTION_H

#include "vm/vm.h"

/* Creates all exception types and the preallocated MemoryError. -1 raised. */
int ou_exceptions_setup(OuVM *vm);

#endif
