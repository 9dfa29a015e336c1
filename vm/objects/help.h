/* What the files of the leaf types share: argument helpers. */
#ifndef OU_VM_OBJECTS_HELP_H
#define OU_VM_OBJECTS_HELP_H

#include "vm/objects/bytes.h"
#include "vm/objects/containers.h"
#include "vm/objects/instance.h"
#include "vm/objects/number.h"
#include "vm/objects/str.h"
#include "vm/type.h"

/* vm/call.c, vm/objects/instance.c, vm/objects/exception.c */
int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out);
OuValue ou_payload_wrap_take(OuVM *vm, OuType *type, OuValue plain);
OuValue ou_raise_unicode(OuVM *vm, OuException kind, const char *encoding, OuValue object, int64_t start, int64_t end,
                         const char *reason);

/* A size argument of a method: 0 ok, -1 raised (too large: OverflowError). */
static inline int ou_size_argument(OuVM *vm, OuValue value, int64_t *out) {
    if (ou_index_i64(vm, value, out, false) == 0) { return 0; }
    if (ou_pending_is(vm, OU_EXC_IndexError)) {
        ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C ssize_t");
    }
    return -1;
}

/* The type of a wrong argument as messages about arguments name it. */
static inline const char *ou_argument_type(OuVM *vm, OuValue value) {
    return value == OU_NONE ? "None" : ou_type_name(vm, value);
}

static inline OuValue ou_not_implemented(void) { return ou_incref(OU_NOTIMPLEMENTED); }
static inline OuValue ou_new_bool(bool truth) { return ou_incref(ou_from_bool(truth)); }
static inline OuValue ou_new_none(void) { return ou_incref(OU_NONE); }

/* The plain str or bytes behind a value (itself, or a subclass's payload); NULL: it is none. */
static inline OuStr *ou_str_peek(OuVM *vm, OuValue value) {
    return ou_is_str(value) ? ou_as_str(value)
                            : ou_as_str(value == OU_NOTHING ? value : ou_plain_peek(vm, value, OU_KIND_STR));
}
static inline OuBytes *ou_bytes_peek(OuVM *vm, OuValue value) {
    return ou_as_bytes(value == OU_NOTHING ? value : ou_plain_peek(vm, value, OU_KIND_BYTES));
}

/* Order to truth: the result of comparing `order` with 0. */
static inline bool ou_order_is(int order, OuCompare op) {
    switch (op) {
    case OU_LT: return order < 0;
    case OU_LE: return order <= 0;
    case OU_EQ: return order == 0;
    case OU_NE: return order != 0;
    case OU_GT: return order > 0;
    default: return order >= 0;
    }
}

/* A plain value as the result of cls.__new__: wrapped when the class is a subclass. Consumes it. */
static inline OuValue ou_made_take(OuVM *vm, OuType *type, OuTypeIndex index, OuValue plain) {
    return plain == OU_NOTHING || type == vm->types[index] ? plain : ou_payload_wrap_take(vm, type, plain);
}

#endif
