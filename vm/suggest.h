/* "Did you mean": the name that was perhaps meant when one was not found. */
#ifndef OU_VM_SUGGEST_H
#define OU_VM_SUGGEST_H

#include "vm/vm.h"

/* The name closest to the one a NameError or AttributeError is about, among those that were in reach (owned), or
 * OU_NOTHING. Never leaves an exception pending. May run user code (`__dir__`). */
OuValue ou_suggest(OuVM *vm, OuValue exception);

#endif
