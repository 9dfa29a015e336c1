/* From a raised exception to its handler. */
#ifndef OU_VM_UNWIND_H
#define OU_VM_UNWIND_H

#include "vm/vm.h"

/* Finds the handler of the pending exception, leaving frames on the way; `add` says whether the first frame gets a
 * traceback entry. true: vm->frame and its pc are the handler. false: the entry frame ended, the exception is pending. */
/* Ends the current frame that cannot run: temporaries, then variables, as an exception would. */
void ou_frame_abort(OuVM *vm);
bool ou_unwind(OuVM *vm, bool add);

#endif
