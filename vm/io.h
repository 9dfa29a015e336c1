/* Files and streams. */
#ifndef OU_VM_IO_H
#define OU_VM_IO_H

#include "vm/vm.h"

/* Writes text to a file object of kind FILE. -1 raised. */
int ou_file_write(OuVM *vm, OuValue file, OuStr *text);
/* A text stream on a file descriptor that is not closed with it (stdin, stdout, stderr). */
OuValue ou_file_std(OuVM *vm, int fd, const char *name, bool reading);
/* The native behind open(): see its entry in the table of built-ins. */
OuValue ou_file_open(OuVM *vm, OuValue *args, uint32_t nargs);
/* Waits until the file descriptor can be read (-1: none) or that time of the monotonic clock has come, in nanoseconds
 * (INT64_MAX: never). An interrupt ends it at any moment. -1: raised. */
int ou_wait(OuVM *vm, int fd, int64_t until);
/* Flushes sys.stdout and sys.stderr as far as they are ours; errors are ignored. */
void ou_file_flush_std(OuVM *vm);
/* At exit: flushes, reports a failure on stderr. -1: it failed. */
int ou_file_finish(OuVM *vm);

#endif
