/* Code objects and functions. */
#ifndef OU_VM_CODE_H
#define OU_VM_CODE_H

#include "compiler/unit.h"
#include "vm/objects/containers.h"
#include "vm/vm.h"

/* Made from a unit of the compiler. The instructions are a private, writable copy: inline caches live in them. */
struct OuCode {
    OuCell cell;
    /* One span of slots. */
    OuValue globals;   /* owned: dict of the module it belongs to */
    OuValue name;      /* owned: str */
    OuValue qualname;  /* owned: str */
    OuValue filename;  /* owned: str */
    OuValue varnames;  /* owned: tuple of register names, parameters first */
    OuValue freevars;  /* owned: tuple of str */
    OuValue names;     /* owned: tuple of interned str: globals and attributes */
    OuValue constants; /* owned: tuple; nested code included */
    /* No references from here on. */
    uint32_t *instructions; /* buffer */
    uint32_t instruction_count;
    uint32_t flags;      /* OU_UNIT_* */
    uint16_t registers;  /* of a window */
    uint16_t named;      /* registers [0, named) hold parameters, locals and cells; temporaries follow */
    uint16_t far_count;  /* locals beyond the near ones: registers from 256 on */
    uint16_t positional; /* parameters that can be given by position */
    uint16_t positional_only;
    uint16_t keyword_only;
    uint16_t free_count;
    int32_t simple_args; /* positional count when a call needs no binding at all, else -1 */
    uint32_t first_line;
    uint8_t *lines; /* buffer: see compiler/unit.h */
    uint32_t lines_size;
    OuHandler *handlers; /* buffer */
    uint32_t handler_count;
    OuCapture *captures; /* buffer: one per free variable */
    uint32_t child_base; /* index of the first nested code in constants; the docstring is the last constant */
    uint32_t self_attributes;
};

struct OuFunction {
    OuCell cell;     /* aux: number of cells */
    OuValue code;    /* owned: OuCode */
    OuValue extra;   /* owned: OuFunctionExtra or empty */
    OuValue cells[]; /* owned: captured variables */
};

/* What few functions have: hidden cell. */
typedef struct OuFunctionExtra {
    OuCell cell;
    OuValue defaults;    /* owned: tuple or empty */
    OuValue kwdefaults;  /* owned: dict or empty */
    OuValue dict;        /* owned: dict or empty */
    OuValue annotations; /* owned: dict or empty */
    OuValue name;        /* owned: str, when changed */
    OuValue qualname;    /* owned: str, when changed */
    OuValue doc;         /* owned: when changed */
    OuValue module;      /* owned: when changed */
} OuFunctionExtra;

/* A captured variable. */
typedef struct OuCellObject {
    OuCell cell;
    OuValue content; /* owned; OU_NOTHING: unbound */
} OuCellObject;

typedef struct OuMethod {
    OuCell cell;
    OuValue func; /* owned */
    OuValue self; /* owned */
} OuMethod;

/* A native function, unbound method, or one bound to self. Kind NATIVE or METHOD_DESCRIPTOR, WRAPPER_DESCRIPTOR, METHOD_WRAPPER. */
typedef struct OuNative {
    OuCell cell;
    OuValue self;   /* owned: the bound object, or OU_NOTHING */
    OuValue module; /* owned: str or OU_NOTHING */
    OuType *owner;  /* borrowed: built-in types outlive all natives; NULL for plain functions */
    const OuNativeDef *def;
    int wrapper; /* WRAPPER kinds: which slot */
} OuNative;

static inline OuCode *ou_as_code(OuValue value) { return (OuCode *)(uintptr_t)value; }
static inline OuFunction *ou_as_function(OuValue value) { return (OuFunction *)(uintptr_t)value; }
static inline OuMethod *ou_as_method(OuValue value) { return (OuMethod *)(uintptr_t)value; }
static inline OuNative *ou_as_native(OuValue value) { return (OuNative *)(uintptr_t)value; }
static inline OuCellObject *ou_as_cell_object(OuValue value) { return (OuCellObject *)(uintptr_t)value; }
static inline OuCode *ou_function_code(const OuFunction *self) { return ou_as_code(self->code); }

/* Parameters of all sorts. */
static inline uint32_t ou_code_parameters(const OuCode *self) {
    return self->positional + self->keyword_only + !!(self->flags & OU_UNIT_VARARGS) + !!(self->flags & OU_UNIT_VARKW);
}

/* Turns a unit into a code object bound to the globals (owned), nested ones included. OU_NOTHING: raised. */
OuValue ou_code_from_unit(OuVM *vm, const OuUnit *unit, OuDict *globals);
/* Line of an instruction (index of its first word). */
uint32_t ou_code_line(const OuCode *self, uint32_t at);
/* "local 'x' of <what> f": how a variable is shown as what holds an object. */
void ou_code_name_local(const OuCode *self, size_t index, const char *what, char *buffer, size_t size);
bool ou_code_position(const OuCode *self, uint32_t at, OuPosition *out);
OuValue ou_function_new(OuVM *vm, OuCode *code, const OuValue *cells); /* cells borrowed */
OuFunctionExtra *ou_function_extra(OuVM *vm, OuFunction *self);        /* made on demand; NULL raised */
OuDict *ou_function_dict(OuVM *vm, OuFunction *self);                  /* its attributes; the same */
OuStr *ou_function_qualname(const OuFunction *self);
OuStr *ou_function_name(const OuFunction *self);
OuValue ou_method_new(OuVM *vm, OuValue func, OuValue self); /* borrows */
OuValue ou_native_new(OuVM *vm, uint8_t kind, const OuNativeDef *def, OuValue self, OuType *owner);
OuValue ou_cell_object_new(OuVM *vm, OuValue content_take);

extern const OuKindOps ou_function_extra_ops;

/* --- from text to running code: execute.c ------------------------------------------------------------------- */
/* Resizes memory of an OuArenaAllocator whose context is the OuHeap: all that compiling takes is in its account. */
void *ou_arena_of_heap(void *heap, void *old, size_t old_size, size_t new_size);

/* Compiles and runs the text, or without one the file, in a namespace. -1 raised. */
int ou_execute_source(OuVM *vm, const char *path, const char *text, size_t length, OuDict *globals);

#endif
