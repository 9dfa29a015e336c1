/* Activation records, register windows, frame objects, generators, tracebacks.
 *
 * The register stack is one address range. A Python frame's window is [base, base + registers): named
 * registers (parameters, locals, cell variables) first, temporaries after them. Invariants at each safepoint:
 *  - every word of [stack, top) is an owned value, an immediate or OU_NOTHING;
 *  - a temporary that is not live holds an immediate (OU_EMPTY_TEMP or what arithmetic left there);
 *  - words above top are never live and never cell pointers.
 * So the collector's root scan is one linear pass, and no table of live registers is needed. */
#ifndef OU_VM_FRAME_H
#define OU_VM_FRAME_H

#include "vm/code.h"
#include "vm/type.h"

/* What to do with the value that a frame returns; the caller's instruction at its pc is still unfinished for all but
 * OU_CONT_STORE and the C ones. */
typedef enum OuCont {
    OU_CONT_STORE,  /* CALL: into register dst of the caller, after releasing callee and arguments */
    OU_CONT_C,      /* called from C: ends ou_run with the value */
    OU_CONT_INIT,   /* __init__: must be None; the value is frame->hold */
    OU_CONT_VALUE,  /* finish the instruction with this value as its result */
    OU_CONT_BINARY, /* the same, unless NotImplemented: try the next candidate */
    OU_CONT_COMPARE,
    OU_CONT_TRUTH,    /* the truth of the value decides the instruction */
    OU_CONT_DISCARD,  /* finish an instruction without result */
    OU_CONT_NEXT,     /* FOR_ITER: the value is the next item; StopIteration ends the loop */
    OU_CONT_CONTAINS, /* truth of the value, negated for NOT_IN */
    OU_CONT_ENTER,    /* WITH_ENTER */
    OU_CONT_EXIT,     /* WITH_EXIT: discard */
    OU_CONT_EXIT_EXC, /* WITH_EXCEPT: truth decides */
    OU_CONT_GETATTR,  /* result of __getattr__ or a getter for LOAD_METHOD: an attribute without self */
    OU_CONT_ITER,     /* GET_ITER: must be an iterator */
} OuCont;

struct OuFrame {
    OuValue *base;
    uint32_t *pc; /* next word while suspended by a call; the current instruction's first word for errors */
    OuCode *code; /* borrowed: from the function or hold */
    OuFunction
        *func; /* borrowed from the caller's registers unless OU_FRAME_OWNS_FUNC; NULL for module and class bodies */
    OuGenerator *gen;      /* owned while it runs, or NULL */
    OuFrameObject *object; /* owned, when somebody asked for it */
    OuValue hold;          /* owned: the instance under __init__, the code of a module body */
    OuValue locals;        /* owned: dict of a class or module body; OU_NOTHING for functions */
    OuDict *globals;       /* borrowed from code */
    OuValue result;        /* owned: what it returns, while its registers die */
    uint8_t cont;          /* OuCont */
    uint8_t flags;
    uint16_t dst; /* OU_CONT_STORE: register of the caller */
};

#define OU_FRAME_OWNS_FUNC 1u
#define OU_FRAME_ENTRY 2u /* ou_run returns when this frame ends */
#define OU_FRAME_HOLDS 4u /* something is in hold: the frame ends the long way */

#define OU_STACK_SLACK 1024u /* words above a window that natives may use without asking */

/* A frame as Python sees it. While the frame runs `live` points to it and the window holds the variables; when the
 * frame ends with somebody holding this object, the named registers move into `locals`. */
struct OuFrameObject {
    OuCell cell;
    OuValue back;           /* owned: OuFrameObject of the caller, or empty */
    OuValue code;           /* owned */
    OuValue func;           /* owned or empty */
    OuValue dict;           /* owned: f_locals of a class or module body, or the snapshot last asked for */
    OuFrame *live;          /* not owned: the running activation, NULL when ended or suspended */
    OuGenerator *generator; /* weak: the generator whose frame this is, or NULL */
    uint32_t at;            /* instruction index when not live */
    uint32_t count;         /* locals that moved in */
    OuValue locals[];
};

typedef struct OuTraceback {
    OuCell cell;
    OuValue next;  /* owned: the inner entry, or empty */
    OuValue frame; /* owned */
    uint32_t at;   /* instruction index: the line is looked up when somebody asks */
} OuTraceback;

typedef enum OuGenState { OU_GEN_CREATED, OU_GEN_SUSPENDED, OU_GEN_RUNNING, OU_GEN_DONE } OuGenState;

struct OuGenerator {
    OuCell cell; /* aux: OuGenState */
    uint64_t birth;
    OuFrameObject *object; /* owned when not NULL: its frame object */
    uint32_t *pc;
    OuHandled handled;
    uint32_t count;         /* registers saved */
    uint32_t named;         /* number of named registers: the destroyer cannot ask the code */
    OuValue func;           /* owned */
    OuValue name, qualname; /* owned, or empty: the function's */
    OuValue registers[];
};

static inline OuGenerator *ou_as_generator(OuValue value) { return (OuGenerator *)(uintptr_t)value; }
static inline OuFrameObject *ou_as_frame_object(OuValue value) { return (OuFrameObject *)(uintptr_t)value; }

/* Runs frames until the one marked ENTRY, just pushed, ends. Owned value or OU_NOTHING. */
OuValue ou_run(OuVM *vm);
/* The frame object of an activation (borrowed; the activation owns it). NULL: raised. */
OuFrameObject *ou_frame_object(OuVM *vm, OuFrame *frame);
/* Lets go of a frame object that came up while the frame ended. */
void ou_frame_drop_object(OuVM *vm, OuFrame *frame);
/* Instruction index of a frame. */
uint32_t ou_frame_at(const OuFrame *frame);
uint32_t ou_traceback_line(const OuTraceback *self);
/* Adds an entry for the frame to the pending exception's traceback. Without memory for it a MemoryError takes the place of
 * the exception; a MemoryError goes without. */
void ou_traceback_add(OuVM *vm, OuFrame *frame);
/* Prints exception with traceback and chain on the stream, CPython's format. */
void ou_print_exception(OuVM *vm, OuValue exception, FILE *stream);
/* The text that goes with a file name of the prompt, for tracebacks; forget: of one name, or without it all. */
void ou_typed_keep(OuVM *vm, const OuStr *name, const char *text, size_t length);
void ou_typed_forget(OuVM *vm, const OuStr *name);
/* Grows the committed part of the register stack. -1 raised. */
int ou_stack_ensure(OuVM *vm, OuValue *end);

/* Generators. */
OuValue ou_generator_new(OuVM *vm, OuFrame *frame); /* takes over the window of a frame about to start */
OuValue ou_generator_throw(OuVM *vm, OuGenerator *self, OuValue exception_take); /* OU_NOTHING: as next */
int ou_generator_close(OuVM *vm, OuGenerator *self);

/* The variables of an activation of a function as a dict (owned), those beyond the near registers from `far` on. */
OuValue ou_frame_locals(OuVM *vm, const OuFunction *func, const OuValue *near, const OuValue *far);

/* Finds the handler of the pending exception, leaving frames on the way; `add` says whether the first frame gets a
 * traceback entry. true: vm->frame and its pc are the handler. false: the entry frame ended, the exception is pending. */
bool ou_unwind(OuVM *vm, bool add);
/* Ends the current frame that cannot run: temporaries, then variables, as an exception would. */
void ou_frame_abort(OuVM *vm);

/* --- calls: helpers that only the core and constructors use ----------------------------------------------- */
/* Binds arguments to named parameters for a constructor or slot: out[] is filled with borrowed values. `names`: separated by
 * blanks, "x/" positional-only. -1 raised, in CPython's words. */
int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out);
/* Makes args (owned, the start of the window) the parameters of a Python function. 0 ok; -1 raised, what is left of
 * them stays owned there. */
int ou_bind(OuVM *vm, OuFunction *func, OuValue *args, uint32_t nargs, OuValue kwnames);
/* Calls a native with borrowed args that are followed by free stack; the first `self_count` (0 or 1) is self. */
OuValue ou_native_call(OuVM *vm, const OuNative *native, OuValue *args, uint32_t nargs, uint32_t self_count,
                       OuValue kwnames);
/* The same when the number of arguments is right and none is named. */
OuValue ou_native_run(OuVM *vm, const OuNativeDef *def, OuValue *args, uint32_t nargs);
/* Pushes an activation of the code, its window at `base`; the caller fills the window. NULL: raised. */
OuFrame *ou_frame_push(OuVM *vm, OuCode *code, OuFunction *func, OuValue *base, OuCont cont, uint8_t flags);
/* Releases registers in order; they are rooted meanwhile when they lie below vm->top. */
void ou_registers_release(OuVM *vm, OuValue *from, OuValue *end);
/* The same while `kept`, a value that only C holds (or OU_NOTHING), and the pending exception are parked above them.
 * Returns `kept`. */
OuValue ou_registers_release_under(OuVM *vm, OuValue *from, OuValue *end, OuValue kept);
/* type.__call__: makes and initialises an instance. */
OuValue ou_type_call(OuVM *vm, OuType *type, const OuValue *args, uint32_t nargs, OuValue kwnames);
/* Runs a module or class body. `func` gives captured cells to a class body. */
OuValue ou_run_code(OuVM *vm, OuCode *code, OuDict *locals, OuFunction *func);

#endif
