/* The vocabulary of the files in vm: signatures of table functions, results, new cells, arguments. */
#ifndef OU_VM_OBJECTS_HELP_H
#define OU_VM_OBJECTS_HELP_H

#include "vm/type.h"
#include "vm/frame.h"
#include "vm/objects/containers.h"
#include "vm/objects/instance.h"
#include "vm/objects/module.h"
#include "vm/objects/number.h"
#include "vm/objects/str.h"

/* --- table functions ------------------------------------------------------------------------------------- */

#define OU_GETSET_END \
    { NULL }
/* The entry of an attribute that is a field of the cell. */
#define OU_FIELD(title, Type, member) \
    { .name = title, .field = offsetof(Type, member) }

OU_UNARY(ou_itself); /* the slot of what is its own iterator */

/* --- results --------------------------------------------------------------------------------------------- */

static inline OuValue ou_not_implemented(void) { return ou_incref(OU_NOTIMPLEMENTED); }
static inline OuValue ou_new_bool(bool truth) { return ou_incref(ou_from_bool(truth)); }
static inline OuValue ou_new_none(void) { return ou_incref(OU_NONE); }
/* The value, or None where there is none. */
static inline OuValue ou_or_none(OuValue value) { return ou_incref(value == OU_NOTHING ? OU_NONE : value); }
/* What an int-returning function says (-1 raised), as a value. */
static inline OuValue ou_none_unless(int status) { return status < 0 ? OU_NOTHING : ou_new_none(); }
static inline OuValue ou_truth_unless(int truth) { return truth < 0 ? OU_NOTHING : ou_new_bool(truth); }
/* The other way round, for `return ou_raised(ou_raise_memory(vm))`. */
static inline int ou_raised(OuValue nothing) { return -1; }
#define ou_raised_type(vm, ...) ou_raised(ou_raise_type_error(vm, __VA_ARGS__))
#define ou_raised_value(vm, ...) ou_raised(ou_raise_value_error(vm, __VA_ARGS__))
/* The same of an owned result (consumed): did the call succeed; is it true? */
static inline int ou_status_take(OuVM *vm, OuValue result) {
    ou_drop(vm, result);
    return result == OU_NOTHING ? -1 : 0;
}
static inline int ou_truth_take(OuVM *vm, OuValue result) {
    int truth = result == OU_NOTHING ? -1 : ou_truth(vm, result);
    ou_drop(vm, result);
    return truth;
}
/* For `return ou_null(ou_raise_...)` of a function whose result is a pointer. */
static inline void *ou_null(OuValue nothing) { return NULL; }
/* Lets go of what an operation that failed had made: OU_NOTHING. */
static inline OuValue ou_dropped(OuVM *vm, OuValue value) {
    ou_drop(vm, value);
    return OU_NOTHING;
}
static inline void *ou_no_memory(OuVM *vm) { return ou_null(ou_raise_memory(vm)); }

/* --- cells ----------------------------------------------------------------------------------------------- */

/* The operations of a kind whose references are `count` words from `first` on, released upwards (step 1) or downwards
 * (-1); then the names of the edges in that order. */
#define OU_KIND_OF_FIELDS(ops, title, Type, first, count, step, ...)       \
    static uint32_t ops##_spans(OuHeap *heap, OuCell *cell, OuSpan *out) { \
        out[0] = (OuSpan){&((Type *)cell)->first, count, step};            \
        return 1;                                                          \
    }                                                                      \
    const OuKindOps ops = {.name = title, .spans = ops##_spans, .edges = (const char *const[]){__VA_ARGS__}};

/* The operations of a kind with a buffer of its own: how its cells let go of it and how large it is. */
#define OU_BUFFER_OPS(name, Type, buffer, bytes_of)                                       \
    static void name##_drop(OuHeap *heap, OuCell *cell) {                                 \
        Type *self = (Type *)cell;                                                        \
        if (self->buffer != NULL) { ou_buffer_free(heap, self->buffer, bytes_of(self)); } \
    }                                                                                     \
    static size_t name##_extra(OuHeap *heap, const OuCell *cell) { return bytes_of((const Type *)cell); }

/* A zero-filled cell; NULL: raised. */
static inline void *ou_new_cell(OuVM *vm, uint8_t kind, size_t bytes) {
    void *cell = ou_cell_new(&vm->heap, kind, bytes);
    return cell != NULL ? cell : ou_no_memory(vm);
}

/* The next item into a register, whose old value dies before: 1, 0 at the end, -1 raised. */
static inline int ou_next_into(OuVM *vm, OuValue iterator, OuValue *reg) {
    ou_reg_set(vm, reg, OU_NOTHING);
    *reg = ou_next(vm, iterator);
    return *reg != OU_NOTHING ? 1 : vm->pending != OU_NOTHING ? -1 : 0;
}

/* start op item op item ..., as sum() and math.prod() do it. Scratch: iterator, total, item. */
OuValue ou_accumulate(OuVM *vm, OuBinary op, OuValue iterable, OuValue start_take, OuValue scratch[3]);

/* The references of a row of slots leave without a decrement: shades them while the collector marks. */
static inline void ou_slots_leave(OuVM *vm, OuValue *slots, size_t count, size_t step) {
    for (size_t i = 0; vm->heap.marking && i < count; i++) {
        ou_slot_init(&slots[i * step], ou_slot_take(&vm->heap, &slots[i * step]));
    }
}

/* A cell whose first words after the header are these values (borrowed). */
OuValue ou_new_row(OuVM *vm, uint8_t kind, size_t bytes, size_t count, const OuValue *values);
/* Closes registers; hands the function's result on. */
static inline OuValue ou_regs_result(OuVM *vm, OuValue *regs, OuValue result) {
    ou_regs_close(vm, regs);
    return result;
}
static inline int ou_regs_status(OuVM *vm, OuValue *regs, int status) {
    ou_regs_close(vm, regs);
    return status;
}
/* The result is what the first register holds, unless the status is negative. */
static inline OuValue ou_regs_first(OuVM *vm, OuValue *regs, int status) {
    return ou_regs_result(vm, regs, status < 0 ? OU_NOTHING : ou_reg_take(&regs[0]));
}

/* --- arguments ------------------------------------------------------------------------------------------- */

/* The keyword names of a native that binds its arguments itself (OU_ARGS_RAW). */
static inline OuValue ou_take_kwnames(OuVM *vm) { return ou_reg_take(&vm->raw_kwnames); }

/* How many positional arguments NAME(...) got; -1 raised unless there are min to max (max -1: any number). Keywords are
 * refused unless a subclass may take them. */
int ou_positional(OuVM *vm, const char *name, bool refuse, int min, int max, uint32_t nargs, OuValue kwnames);

/* dict[name] = value, which is consumed; OU_NOTHING: raised by whoever was to make it. */
static inline int ou_dict_set_name_take(OuVM *vm, OuDict *dict, OuStr *name, OuValue value) {
    int status = value == OU_NOTHING ? -1 : ou_dict_set_name(vm, dict, name, value);
    ou_drop(vm, value);
    return status;
}

/* A number of items or a size: 0 ok, -1 raised; too large: OverflowError with the complaint, in which the value is %T. */
static inline int ou_count_argument(OuVM *vm, OuValue value, int64_t *out, const char *complaint) {
    if (ou_index_i64(vm, value, out, false) == 0) { return 0; }
    if (ou_pending_is(vm, OU_EXC_IndexError)) { ou_raise(vm, OU_EXC_OverflowError, complaint, value); }
    return -1;
}
#define OU_NO_INDEX "cannot fit '%T' into an index-sized integer"
static inline int ou_size_argument(OuVM *vm, OuValue value, int64_t *out) {
    return ou_count_argument(vm, value, out, "Python int too large to convert to C ssize_t");
}
/* Can it be iterated over? */
static inline bool ou_is_iterable(OuVM *vm, OuValue value) {
    const OuSlots *slots = &ou_type_of(vm, value)->slots;
    return slots->iter != NULL || slots->getitem != NULL;
}

/* The type of a wrong argument as messages about arguments name it. */
static inline const char *ou_argument_type(OuVM *vm, OuValue value) {
    return value == OU_NONE ? "None" : ou_type_name(vm, value);
}

/* The plain str or bytes behind a value (itself, or a subclass's payload); NULL: it is none. */
static inline OuStr *ou_str_peek(OuVM *vm, OuValue value) {
    return ou_is_str(value) ? ou_as_str(value)
                            : ou_as_str(value == OU_NOTHING ? value : ou_plain_peek(vm, value, OU_KIND_STR));
}
static inline OuBytes *ou_bytes_peek(OuVM *vm, OuValue value) {
    return ou_as_bytes(value == OU_NOTHING ? value : ou_plain_peek(vm, value, OU_KIND_BYTES));
}

/* The str or bytes behind a value, which have one layout; NULL: it is neither. */
static inline OuStr *ou_text_peek(OuVM *vm, OuValue value) {
    OuStr *text = ou_str_peek(vm, value);
    return text != NULL ? text : ou_bytes_peek(vm, value);
}

/* The interned name of an attribute (owned); NULL: raised. */
OuStr *ou_name_argument(OuVM *vm, OuValue value);

bool ou_may_reflect(OuVM *vm, OuValue other, OuBinary op);

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

OU_NATIVE(ou_format_method); /* __format__ of int, float and str */
OU_NATIVE(ou_getnewargs);    /* __getnewargs__ of int, float, str and bytes: (the plain value,) */

#endif
