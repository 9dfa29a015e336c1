/* Instances of classes: attributes in slots by shape, or in a buffer, or in a dict.
 *
 * INSTANCE       words: [slot_base words][attribute slots ...][birth serial, when the class had a __del__ then]
 * INSTANCE_OUT   word slot_base holds a pointer to a buffer {uint64 capacity; OuValue slots[]}
 * INSTANCE_DICT  word slot_base holds the dict (owned)
 * The words in front: nothing, or the payload (a subclass of int, str, list ... keeps a plain cell of
 * that kind, hidden), or an exception's fields; then members of __slots__ (vm/class.c). The class is an owned reference through the shape. */
#ifndef OU_VM_OBJECTS_INSTANCE_H
#define OU_VM_OBJECTS_INSTANCE_H

#include "vm/type.h"

#define OU_FLAG_PAYLOAD OU_FLAG_KIND_B   /* of other kinds: the hidden part of an instance */
#define OU_INSTANCE_BIRTH OU_FLAG_KIND_B /* the last word is the birth serial */

typedef struct OuInstance {
    OuCell cell; /* aux: shape id */
    OuValue words[];
} OuInstance;

static inline OuInstance *ou_as_instance(OuValue value) { return (OuInstance *)(uintptr_t)value; }

/* An instance of a subclass of a built-in around its plain cell (consumed, also on failure). */
OuValue ou_payload_wrap_take(OuVM *vm, OuType *type, OuValue plain);
/* A fresh instance of the class, payload words empty. NULL: raised. */
OuInstance *ou_instance_new(OuVM *vm, OuType *type);
/* Own attributes only; no descriptors. Borrowed or OU_NOTHING; never raises. */
OuValue ou_instance_peek(OuVM *vm, OuInstance *self, OuStr *name);
int ou_instance_set(OuVM *vm, OuInstance *self, OuStr *name, OuValue value); /* borrows */
int ou_instance_delete(OuVM *vm, OuInstance *self, OuStr *name);             /* 1 deleted, 0 absent, -1 raised */
/* The instance's __dict__ (borrowed): turns it to dictionary mode. NULL: raised. */
OuDict *ou_instance_dict(OuVM *vm, OuInstance *self);
/* Replaces __dict__. */
int ou_instance_set_dict(OuVM *vm, OuInstance *self, OuDict *dict);

extern const OuKindOps ou_instance_out_ops, ou_instance_dict_ops;

/* --- exceptions: instances with five words in front ------------------------------------------------- */

enum { OU_EXC_ARGS, OU_EXC_TRACEBACK, OU_EXC_CAUSE, OU_EXC_CONTEXT, OU_EXC_EXTRA, OU_EXC_WORDS };
/* args: tuple. traceback: traceback cell or empty. cause, context: exception or empty. extra: what the type
 * keeps besides (StopIteration.value, SystemExit.code, a tuple for OSError, ImportError, SyntaxError, Unicode errors ...). */
#define OU_EXC_SUPPRESS_CONTEXT OU_FLAG_KIND_A
/* OuGetSetDef.field of an attribute that is an item of the tuple in OU_EXC_EXTRA, which has `total` of them. */
#define OU_EXC_ITEM(total, index) (0x8000u | (total) << 8 | (index))
OuValue ou_exception_item(OuValue self, unsigned item);
int ou_exception_set_item(OuVM *vm, OuValue self, unsigned item, OuValue value);

bool ou_is_exception(OuVM *vm, OuValue value);
/* An instance with args (consumed tuple; OU_NOTHING: raised by whoever was to make it). */
OuValue ou_exception_new(OuVM *vm, OuType *type, OuValue args_take);
static inline OuValue *ou_exception_field(OuValue exception, unsigned field) {
    return &ou_as_instance(exception)->words[field];
}

/* Creates all exception types and the preallocated MemoryError. -1 raised. */
int ou_exceptions_setup(OuVM *vm);

#endif
