/* The virtual machine's state and the internal API that every file of vm/ uses.
 *
 * Conventions. A function that can raise takes `OuVM *vm` first. Returning OuValue: OU_NOTHING means an
 * exception is pending, anything else is owned by the caller. Returning int: 0 ok (or false), 1 true, -1
 * raised. Parameters are borrowed; `_take` in a name: the argument is consumed on success and on
 * failure; `_peek`: the result is borrowed.
 *
 * Roots. Only registers, VM fields and heap slots keep things alive for the cycle collector, which runs at
 * safepoints, that is whenever Python code may run. A native function that owns a value across such a
 * point keeps it in one of its scratch registers (see OuNativeDef). */
#ifndef OU_VM_VM_H
#define OU_VM_VM_H

#include <stdio.h>

#include "gc/fast.h"
#include "gc/heap.h"
#include "gc/slot.h"
#include "gc/static.h"
#include "vm/kinds.h"

typedef struct OuVM OuVM;
typedef struct OuType OuType;
typedef struct OuStr OuStr;
typedef struct OuDict OuDict;
typedef struct OuList OuList;
typedef struct OuTuple OuTuple;
typedef struct OuCode OuCode;
typedef struct OuFunction OuFunction;
typedef struct OuFrame OuFrame;
typedef struct OuFrameObject OuFrameObject;
typedef struct OuGenerator OuGenerator;
typedef struct OuModuleObject OuModuleObject;
typedef struct OuShape OuShape;

/* args[0..nargs) as bound; args[nargs..nargs+scratch) are the native's own registers, empty at entry
 * and released in order after it returns. Arguments stay owned by the caller: a native may replace one in place
 * with ou_reg_set. Returns an owned value, or OU_NOTHING with an exception pending. */
typedef OuValue (*OuNativeFn)(OuVM *vm, OuValue *args, uint32_t nargs);

/* How many arguments, and in which words CPython complains about another number. */
typedef enum OuArgStyle {
    OU_ARGS_AUTO,   /* max 0: "takes no arguments (2 given)"; min == max == 1: "takes exactly one argument (2 given)";
                       otherwise as UNPACK */
    OU_ARGS_UNPACK, /* "pop expected at most 1 argument, got 2", before keywords are looked at */
    OU_ARGS_PARSE,  /* "find() takes at least 1 argument (0 given)" */
    OU_ARGS_RAW,    /* keywords are not bound: their names are in vm->raw_kwnames, their values the last arguments */
    OU_ARGS_CLINIC, /* "sum() takes at most 2 positional arguments (3 given)" */
} OuArgStyle;

/* One native function or method. `min` and `max` count positional arguments without self; max -1: any number.
 * `keywords` names the fixed parameters in order, separated by blanks, "x/" for a positional-only one;
 * those at index >= max (all of them when max is -1) are keyword-only. With keywords, the bound layout is [self,] fixed
 * parameters (OU_NOTHING where not given), then, when max is -1, the positional arguments.
 * Without keywords the arguments come as they are given. keywords "**": any keywords; the arguments come as they are given, the
 * values of the keywords after the positional ones, and last the tuple of names (OU_NOTHING: none). */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* tables leave out what is empty */
typedef struct OuNativeDef {
    const char *name;
    OuNativeFn fn;
    const char *doc;
    int8_t min, max;
    uint8_t style;   /* OuArgStyle */
    uint8_t scratch; /* scratch registers wanted */
    const char *keywords;
} OuNativeDef;

#define OU_DEF_END \
    { NULL }

/* An attribute of a native type: computed, or without `get` an owned word of the cell, None while it is empty. set may be
 * NULL (read-only; value OU_NOTHING deletes). */
typedef struct OuGetSetDef {
    const char *name;
    OuValue (*get)(OuVM *vm, OuValue self);
    int (*set)(OuVM *vm, OuValue self, OuValue value);
    const char *doc;
    uint16_t field; /* offset of the word; or see OU_EXC_ITEM */
} OuGetSetDef;

/* clang-format off */
/* X(enumerator, special method without its underscores, sign in messages); those that have an in-place form first. */
#define OU_IN_PLACE_OPERATORS(X) \
    X(ADD, add, "+") X(SUB, sub, "-") X(MUL, mul, "*") X(TRUEDIV, truediv, "/") X(FLOORDIV, floordiv, "//") \
    X(MOD, mod, "%") X(POW, pow, "** or pow()") X(LSHIFT, lshift, "<<") X(RSHIFT, rshift, ">>") X(AND, and, "&") \
    X(OR, or, "|") X(XOR, xor, "^") X(MATMUL, matmul, "@")
#define OU_BINARY_OPERATORS(X) OU_IN_PLACE_OPERATORS(X) X(DIVMOD, divmod, "divmod()")
/* clang-format on */
#define OU_ENUM_BINARY(op, name, sign) OU_BIN_##op,
typedef enum OuBinary { OU_BINARY_OPERATORS(OU_ENUM_BINARY) OU_BIN_COUNT } OuBinary;

typedef enum OuCompare { OU_LT, OU_LE, OU_EQ, OU_NE, OU_GT, OU_GE } OuCompare;

/* What a type can do, as C functions. Empty: not supported. Classes inherit these, and get functions that
 * call the Python method where a class defines one. The unary ones return owned values. */
typedef struct OuSlots {
    OuValue (*repr)(OuVM *vm, OuValue self);
    OuValue (*str)(OuVM *vm, OuValue self);
    int (*hash)(OuVM *vm, OuValue self, int64_t *out); /* never yields -1 */
    OuValue (*call)(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames);
    OuValue (*getattr)(OuVM *vm, OuValue self, OuStr *name);
    int (*setattr)(OuVM *vm, OuValue self, OuStr *name, OuValue value); /* value OU_NOTHING deletes */
    OuValue (*compare)(OuVM *vm, OuValue a, OuValue b, OuCompare op);   /* may yield NotImplemented */
    OuValue (*iter)(OuVM *vm, OuValue self);
    OuValue (*next)(OuVM *vm, OuValue self); /* OU_NOTHING without an exception: exhausted */
    int64_t (*len)(OuVM *vm, OuValue self);  /* -1 raised */
    int (*contains)(OuVM *vm, OuValue self, OuValue item);
    OuValue (*getitem)(OuVM *vm, OuValue self, OuValue key);
    int (*setitem)(OuVM *vm, OuValue self, OuValue key, OuValue value); /* value OU_NOTHING deletes */
    int (*truth)(OuVM *vm, OuValue self);
    OuValue (*descr_get)(OuVM *vm, OuValue self, OuValue object, OuValue type); /* object OU_NOTHING: via the class */
    int (*descr_set)(OuVM *vm, OuValue self, OuValue object, OuValue value);
    OuValue (*make)(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames); /* __new__ */
    int (*init)(OuVM *vm, OuValue self, const OuValue *args, uint32_t nargs, OuValue kwnames);
    OuValue (*index)(OuVM *vm, OuValue self);
    OuValue (*as_int)(OuVM *vm, OuValue self);
    OuValue (*as_float)(OuVM *vm, OuValue self);
    OuValue (*negative)(OuVM *vm, OuValue self);
    OuValue (*positive)(OuVM *vm, OuValue self);
    OuValue (*invert)(OuVM *vm, OuValue self);
    OuValue (*absolute)(OuVM *vm, OuValue self);
    OuValue (*binary[OU_BIN_COUNT])(OuVM *vm, OuValue a, OuValue b); /* either operand may be of this type */
    OuValue (*inplace[OU_BIN_COUNT])(OuVM *vm, OuValue a, OuValue b);
} OuSlots;

/* Everything about a native type in one table, named in kinds.h; at the end of the type's file. */
typedef struct OuNativeType {
    OuTypeIndex index;
    bool final;    /* may not be subclassed */
    bool weakrefs; /* its instances can be weakly referenced */
    OuSlots slots;
    const OuNativeDef *methods;
    const OuNativeDef *class_methods;
    const OuNativeDef *static_methods;
    const OuGetSetDef *getsets;
    const char *doc;
} OuNativeType;

#define OU_DECLARE_TYPE(name, text, base, ops, type) \
    extern const OuNativeType ou_##type##_type;      \
    extern const OuKindOps ou_##ops##_ops;
OU_TYPES(OU_DECLARE_TYPE)

/* A native module: functions plus a function that adds constants. */
typedef struct OuNativeModule {
    const char *name;
    const OuNativeDef *functions;
    int (*setup)(OuVM *vm, OuDict *names); /* may be NULL; -1 raised */
    const char *doc;
    const char *front; /* the module of vm/lib/NAME.py that its functions belong to; NULL: itself */
} OuNativeModule;

/* The state of exception handling of one generator or of the VM itself (CPython's exc_info stack). */
typedef struct OuHandled {
    OuValue value; /* owned: the exception being handled, or OU_NOTHING */
    struct OuHandled *outer;
} OuHandled;

/* What the gc module keeps. */
typedef struct OuGcState {
    OuValue garbage;    /* owned: gc.garbage, while DEBUG_SAVEALL is set */
    OuValue hook;       /* owned: called with (phase, generation, collected) */
    uint8_t generation; /* what the running collection was asked for */
    bool print;         /* DEBUG_COLLECTABLE */
    size_t saved;       /* in garbage, by the last collection */
} OuGcState;

struct OuVM {
    OuHeap heap; /* must be first: a heap pointer is a VM pointer */

    /* Registers: [stack, top) are live, see vm/frame.h. The range never moves. */
    OuValue *stack;
    OuValue *top;
    OuValue *stack_limit; /* committed and charged up to here */
    OuValue *stack_end;
    OuFrame *frames; /* the first activation record */
    OuFrame *frame;  /* the current one */
    OuFrame *frames_limit;
    OuFrame *frames_end;
    uint32_t recursion_limit;
    uint32_t depth;          /* Python frames and native re-entries now active */
    uintptr_t c_stack_limit; /* lowest address that C code may use before RecursionError */

    uint8_t cont;       /* OuCont of the frame that just ended, for ou_continue */
    OuValue cont_hold;  /* owned: the hold of that frame */
    OuValue gen_result; /* owned: what a generator returned to C */
    OuValue pending;    /* owned: the exception being raised, or OU_NOTHING */
    OuHandled *handled; /* innermost handled-exception record */
    OuHandled main_handled;
    OuValue
        memory_error; /* preallocated; ours while `memory_reserved`, else somebody has it and it comes back when it dies */

    OuType *types[OU_TYPE_COUNT];     /* owned */
    OuType *exceptions[OU_EXC_COUNT]; /* owned */
    OuStr *names[OU_NAME_COUNT];      /* owned */
    OuStr *empty_str, *latin1[256];   /* owned: one-character strings */
    OuTuple *empty_tuple;             /* owned */

    /* Interned strings: open addressing, weak (a string leaves when it dies). */
    OuStr **interned;
    uint32_t interned_used, interned_capacity;

    /* Shapes by id, and their versions: one compare guards shape and class. */
    OuType *all_types; /* weak: every type of the VM, newest first */
    struct OuTypeCache *type_cache;
    struct OuAttrCache *attr_cache; /* see vm/attr.c */
    char type_names[4][80];         /* results of ou_type_name */
    unsigned type_name_next;
    OuShape **shapes;
    uint32_t *shape_versions;
    uint32_t shape_count, shape_free;
    uint32_t next_version;    /* never reused */
    uint32_t namespace_epoch; /* changes when a name appears in or leaves a module's dict */

    OuDict *builtins;            /* owned: names of the builtins module */
    OuDict *modules;             /* owned: sys.modules */
    OuDict *sys;                 /* owned: names of the sys module */
    OuModuleObject *main_module; /* owned by modules */
    OuValue exit_hook;           /* owned: called when main has ended */
    OuGcState gc;

    OuStr *unknown_location; /* owned */
    OuValue *repr_stack;     /* containers being printed, innermost last */
    uint32_t repr_depth, repr_capacity;
    char *source_text; /* the source file last shown in a traceback */
    size_t source_capacity;
    char source_path[512];
    struct OuTyped *typed; /* the entries of the prompt: see print_exception.c */
    bool finished, leak_table, unbuffered, verbose, colors, memory_reserved, memory_wanted;
    bool inspect;           /* SystemExit is an exception like others: a prompt comes after the program */
    bool keep_last;         /* what nobody caught is kept as sys.last_exc */
    bool library_loaded;    /* _sitebuiltins has put its names into builtins */
    bool out_of_memory;     /* what ended the program was a MemoryError */
    bool stopped;           /* the step budget is used up: handlers do not run any more */
    unsigned compile_flags; /* OU_COMPILE_* */
    uint64_t interrupt_in;  /* safepoints until an interrupt is made up; 0: never */
    int64_t steps_left;     /* instructions that may still run, in counted code */
    int64_t with_open;      /* blocks entered and not left, in counted code */

    bool boxed;                /* no immediates */
    bool caches_off;           /* -X nocache: inline caches are never filled */
    uint32_t int_digits_limit; /* sys.set_int_max_str_digits: 0 the default (4300), 1 none */
    OuValue raw_kwnames;       /* borrowed: see OU_ARGS_RAW */
    size_t stack_charged;
    uint64_t first_birth; /* heap.next_birth when the program began */
    uint64_t start_ns;    /* when the VM was made: time.perf_counter and friends */
};

/* --- numbers and truth (vm/objects/int.c, float.c) ------------------------------------------------- */

OuValue ou_int_from_i64_slow(OuVM *vm, int64_t number);
OuValue ou_float_from_double_slow(OuVM *vm, double number);

/* An int value; OU_NOTHING when there is no memory (boxed mode, large numbers). */
static inline OuValue ou_int(OuVM *vm, int64_t number) {
    if (__builtin_expect(ou_fits_small(number) && !vm->boxed, 1)) { return ou_from_small(number); }
    return ou_int_from_i64_slow(vm, number);
}

static inline OuValue ou_float(OuVM *vm, double number) {
    OuValue word = ou_try_flonum(number);
    if (__builtin_expect(word != OU_NOTHING && !vm->boxed, 1)) { return word; }
    return ou_float_from_double_slow(vm, number);
}

/* --- kinds and types -------------------------------------------------------------------------------- */

OuType *ou_instance_type(OuVM *vm, const OuCell *cell);

/* The kind of a value; immediates answer with the kind of the cell they stand for. */
static inline uint8_t ou_kind(OuValue value) {
    if (ou_is_cell_or_nothing(value)) { return ou_cell(value)->kind; }
    return ou_is_small(value) ? OU_KIND_INT : OU_KIND_FLOAT;
}
static inline bool ou_is_kind(OuValue value, uint8_t kind) { return ou_is_cell(value) && ou_cell(value)->kind == kind; }

/* Exact type tests. A bool is not an exact int. */
static inline bool ou_is_int(OuValue value) { return ou_is_small(value) || ou_is_kind(value, OU_KIND_INT); }
static inline bool ou_is_float(OuValue value) { return ou_is_flonum(value) || ou_is_kind(value, OU_KIND_FLOAT); }
static inline bool ou_is_str(OuValue value) { return ou_is_kind(value, OU_KIND_STR); }
static inline bool ou_is_list(OuValue value) { return ou_is_kind(value, OU_KIND_LIST); }
static inline bool ou_is_tuple(OuValue value) { return ou_is_kind(value, OU_KIND_TUPLE); }
static inline bool ou_is_dict(OuValue value) { return ou_is_kind(value, OU_KIND_DICT); }
static inline bool ou_is_instance_kind(uint8_t kind) {
    return kind >= OU_KIND_INSTANCE && kind <= OU_KIND_INSTANCE_DICT;
}

/* The type of a value (borrowed). */
OuType *ou_type_of(OuVM *vm, OuValue value);
bool ou_type_is_subtype(const OuType *type, const OuType *base);
/* isinstance for a built-in type, subclasses included. */
bool ou_is_a(OuVM *vm, OuValue value, OuTypeIndex type);
/* The plain cell or immediate of kind `kind` behind a value: itself, or the payload of an instance of a subclass (and
 * for INT also a bool); OU_NOTHING when the value is no such thing. Borrowed; never raises. */
OuValue ou_plain_peek(OuVM *vm, OuValue value, uint8_t kind);
/* The same of what a special method gave (consumed): an owned value, or TypeError; the complaint has one %T. */
OuValue ou_plain_take(OuVM *vm, OuValue result, uint8_t kind, const char *complaint);
/* Name of the value's type, UTF-8, borrowed: for messages. */
const char *ou_type_name(OuVM *vm, OuValue value);

/* --- errors (vm/err.c) ------------------------------------------------------------------------------- */

/* Raises `exception` with a message. Directives: %s %d %lld %u %llu %zu %c %x %lx %% %.*s as printf (also
 * %.200s), %R repr of an OuValue, %S its str, %T the name of its type, %N an OuStr*, %K the name of an OuType*. Returns
 * OU_NOTHING. The pending exception, if there is one, is replaced; the handled one becomes __context__. */
OuValue ou_raise(OuVM *vm, OuException exception, const char *format, ...);
#define ou_raise_type_error(vm, ...) ou_raise(vm, OU_EXC_TypeError, __VA_ARGS__)
#define ou_raise_value_error(vm, ...) ou_raise(vm, OU_EXC_ValueError, __VA_ARGS__)
/* The same with the pending exception as its cause. */
OuValue ou_raise_from_pending(OuVM *vm, OuException exception, const char *format, ...);
/* Raises an exception with one argument as it is (KeyError). Borrows it. */
OuValue ou_raise_object(OuVM *vm, OuException exception, OuValue argument);
/* Raises an exception instance (consumed). */
OuValue ou_raise_take(OuVM *vm, OuValue exception);
/* MemoryError; needs no memory. */
OuValue ou_raise_memory(OuVM *vm);
/* OSError of the right subclass for errno; filename may be OU_NOTHING. */
OuValue ou_raise_errno(OuVM *vm, int error, OuValue filename);
OuValue ou_raise_stop_iteration(OuVM *vm, OuValue value);
/* Gives the pending exception, when it is a NameError, AttributeError or ImportError without one, the name it is about
 * and the object (or the path) where the name was looked for; both borrowed, `object` may be OU_NOTHING. */
void ou_pending_about(OuVM *vm, OuValue name, OuValue object);
/* Is the pending exception an instance of this type? */
bool ou_pending_is(OuVM *vm, OuException exception);
void ou_clear_pending(OuVM *vm);
/* Moves the pending exception out (owned, or OU_NOTHING) and puts it back. */
OuValue ou_take_pending(OuVM *vm);
void ou_restore_pending_take(OuVM *vm, OuValue exception);
#define OU_REPORT_HEADROOM 50u
/* "Exception ignored in: ...": reports the pending exception through sys.unraisablehook and clears it. */
void ou_report_unraisable(OuVM *vm, const char *message, OuValue object);
OuValue ou_raise_name(OuVM *vm, OuStr *name); /* NameError */
/* UnicodeDecodeError or UnicodeEncodeError. */
OuValue ou_raise_unicode(OuVM *vm, OuException kind, const char *encoding, OuValue object, int64_t start, int64_t end,
                         const char *reason);
OuException ou_errno_exception(int error);
/* The exception being handled, borrowed, or OU_NOTHING. */
OuValue ou_handled_peek(OuVM *vm);
/* Shows the value of an expression as the interactive prompt does. -1 raised. */
int ou_display_hook(OuVM *vm, OuValue value);
/* exit, quit, help and their kin are made when they are first asked for: 1 the name is in builtins now, 0 it is none of
 * them, -1 raised. */
int ou_library_builtin(OuVM *vm, OuStr *name);
/* Is there room for so many more levels, on the C stack too? -1 raised RecursionError, with `where` appended. Frames
 * count themselves when they are pushed. */
int ou_depth_check(OuVM *vm, uint32_t levels, const char *where);
/* Enters C recursion (repr, compare, hash, nested calls): -1 raised RecursionError, with `where` appended. */
int ou_enter(OuVM *vm, const char *where);
static inline void ou_leave(OuVM *vm) { vm->depth--; }
/* Formats as ou_raise does into a new str. */
OuValue ou_format(OuVM *vm, const char *format, ...);

/* --- registers for natives --------------------------------------------------------------------------- */

/* Stores an owned value in a register (argument or scratch) of the running native; the old one is released. */
static inline void ou_reg_set(OuVM *vm, OuValue *reg, OuValue value) {
    OuValue old = *reg;
    *reg = value;
    ou_decref(&vm->heap, old);
}
static inline OuValue ou_reg_take(OuValue *reg) {
    OuValue value = *reg;
    *reg = OU_NOTHING;
    return value;
}
static inline void ou_drop(OuVM *vm, OuValue value) { ou_decref(&vm->heap, value); }

/* Opens `count` fresh registers on top of the stack for C code that is no native (slots, helpers) and owns values
 * across Python code. NULL: raised. ou_regs_close releases them in order; it keeps a pending exception. */
OuValue *ou_regs_open(OuVM *vm, uint32_t count);
/* One register that holds an owned value (consumed). NULL: raised, or the value was OU_NOTHING. */
OuValue *ou_regs_hold_take(OuVM *vm, OuValue value);
void ou_regs_close(OuVM *vm, OuValue *regs);
/* The same while `kept`, an owned value that only C holds (or OU_NOTHING), is rooted. Returns it. */
OuValue ou_regs_close_keeping(OuVM *vm, OuValue *regs, OuValue kept);

/* --- calls (vm/call.c) ------------------------------------------------------------------------------- */

OuValue ou_call(OuVM *vm, OuValue callable, const OuValue *args, uint32_t nargs);
/* kwnames: a tuple of str naming the last arguments, or OU_NOTHING; nargs counts them all. */
OuValue ou_call_kw(OuVM *vm, OuValue callable, const OuValue *args, uint32_t nargs, OuValue kwnames);
OuValue ou_call0(OuVM *vm, OuValue callable);
OuValue ou_call1(OuVM *vm, OuValue callable, OuValue a);
OuValue ou_call2(OuVM *vm, OuValue callable, OuValue a, OuValue b);
/* Calls attribute `name` of the object. */
OuValue ou_call_method(OuVM *vm, OuValue object, OuStr *name, const OuValue *args, uint32_t nargs);
/* Looks a special method up on the type: 1 found (*out owned: bound by passing self first when *unbound), 0 absent, -1 raised. */
int ou_find_special(OuVM *vm, OuValue object, OuStr *name, OuValue *out, bool *unbound);
/* Calls special method `name` of the type with self and args: 1 result in *out, 0 absent, -1 raised. */
int ou_call_special(OuVM *vm, OuValue object, OuStr *name, const OuValue *args, uint32_t nargs, OuValue *out);

/* --- operations (vm/ops.c, attr.c, iter.c) ------------------------------------------------------------- */

OuValue ou_getattr(OuVM *vm, OuValue object, OuStr *name);
/* 1 found, 0 AttributeError swallowed, -1 raised. */
int ou_find_attr(OuVM *vm, OuValue object, OuStr *name, OuValue *out);
int ou_setattr(OuVM *vm, OuValue object, OuStr *name, OuValue value); /* OU_NOTHING deletes */
OuValue ou_getitem(OuVM *vm, OuValue object, OuValue key);
int ou_setitem(OuVM *vm, OuValue object, OuValue key, OuValue value); /* OU_NOTHING deletes */
int64_t ou_len(OuVM *vm, OuValue object);
int ou_truth(OuVM *vm, OuValue object);
int ou_contains(OuVM *vm, OuValue container, OuValue item);
int ou_hash(OuVM *vm, OuValue object, int64_t *out);
OuValue ou_compare(OuVM *vm, OuValue a, OuValue b, OuCompare op);
/* Truth of a comparison: -1 raised. Identity does not imply equality here. */
int ou_compare_bool(OuVM *vm, OuValue a, OuValue b, OuCompare op);
/* Equality as containers test it: identical objects are equal. */
int ou_equal(OuVM *vm, OuValue a, OuValue b);
OuValue ou_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b);
OuValue ou_inplace(OuVM *vm, OuBinary op, OuValue a, OuValue b);
OuValue ou_power(OuVM *vm, OuValue a, OuValue b, OuValue modulus);
OuValue ou_negative(OuVM *vm, OuValue a);
OuValue ou_positive(OuVM *vm, OuValue a);
OuValue ou_invert(OuVM *vm, OuValue a);
OuValue ou_repr(OuVM *vm, OuValue object); /* an exact str or raised */
OuValue ou_str(OuVM *vm, OuValue object);
OuValue ou_ascii(OuVM *vm, OuValue object);
/* By the letter s, r or a; any other: the object itself. */
OuValue ou_converted(OuVM *vm, uint32_t conversion, OuValue object);
OuValue ou_format_value(OuVM *vm, OuValue object, OuValue spec); /* format(object, spec); spec may be OU_NOTHING */
OuValue ou_iter(OuVM *vm, OuValue object);
/* Next item, or OU_NOTHING: exhausted when no exception is pending. */
OuValue ou_next(OuVM *vm, OuValue iterator);
/* A list of all items (owned). */
OuValue ou_list_of(OuVM *vm, OuValue iterable);
OuValue ou_tuple_of(OuVM *vm, OuValue iterable);
int64_t ou_length_hint(OuVM *vm, OuValue object, int64_t fallback); /* -1 raised */
/* operator.index: an exact int (owned). */
OuValue ou_index(OuVM *vm, OuValue object);
/* An index as int64, clamped when `clamp`, else OverflowError/IndexError of `overflow`. 0 ok, -1 raised. */
int ou_index_i64(OuVM *vm, OuValue object, int64_t *out, bool clamp);
/* Exact small conversion of an int-like value: false when it does not fit (no exception). */
bool ou_as_i64(OuVM *vm, OuValue value, int64_t *out);
/* float(value) for real numbers: 0 ok, -1 raised. */
int ou_as_double(OuVM *vm, OuValue value, double *out);

/* Cleared at each point: KeyboardInterrupt, step budget. Long loops in natives call it now and then. -1 raised. */
int ou_safepoint(OuVM *vm);
/* Ends the program: raises, and from then on no handler runs. */
void ou_stop(OuVM *vm);
int ou_charge_slow(OuVM *vm, uint64_t units);
/* For natives that may work for long: charges the step budget in units of about one instruction and lets an interrupt
 * in. -1: raised. */
static inline int ou_charge(OuVM *vm, uint64_t units) {
    bool quiet = (vm->heap.pending & (OU_PENDING_SIGNAL | OU_PENDING_STEPS)) == 0;
    return __builtin_expect(quiet, 1) ? 0 : ou_charge_slow(vm, units);
}

#endif
