/* Suggestions: vm/lib/_ouro.py finds them. */
#include "vm/lib/lib.h"
#include "vm/objects/help.h"

OuValue ou_suggest(OuVM *vm, OuValue exception) {
    OuType *type = ou_type_of(vm, exception);
    if (!ou_type_is_subtype(type, vm->exceptions[OU_EXC_AttributeError]) &&
        !ou_type_is_subtype(type, vm->exceptions[OU_EXC_NameError])) {
        return OU_NOTHING;
    }
    bool enabled = vm->heap.enabled;
    vm->heap.enabled = false; /* no collection in the middle of a report */
    OuValue found = ou_library_call(vm, "suggest", &exception, 1);
    vm->heap.enabled = enabled;
    ou_clear_pending(vm);
    if (ou_is_str(found)) { return found; }
    ou_drop(vm, found);
    return OU_NOTHING;
}
