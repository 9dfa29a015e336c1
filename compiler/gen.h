/* Code generation, shared by emit.c and gen_*.c. One OuGen per unit under construction.
 *
 * Errors are sticky: after the first one every function still may be called and does no harm; the unit is thrown away
 * at the end. Registers: near named registers are operands in place; a temporary is live from its allocation until an
 * instruction consumes it. Temporaries are a stack: code remembers next_temp, allocates above it, and sets it back when
 * an instruction has consumed the temporaries. */
#ifndef OU_COMPILER_GEN_H
#define OU_COMPILER_GEN_H

#include "compiler/ast.h"
#include "compiler/compile.h"
#include "compiler/opcode.h"
#include "compiler/scope.h"

typedef struct OuGen OuGen;
typedef int OuReg; /* a register number, or one of the codes below */
#define OU_ANY (-1)

typedef enum OuBlockKind {
    OU_BLOCK_LOOP,    /* while: targets only; for: an iterator in `temp` to drop */
    OU_BLOCK_FINALLY, /* a finally body to run on the way out */
    OU_BLOCK_WITH,    /* an exit to call */
    OU_BLOCK_HANDLER, /* exception state in `temp`, a name to unbind */
    OU_BLOCK_TRY,     /* only a protected range */
    OU_BLOCK_VALUE    /* a value on its way out of the function, while a finally body on that way runs */
} OuBlockKind;

typedef struct OuBlock {
    struct OuBlock *outer;
    OuBlockKind kind;
    OuReg temp; /* or OU_ANY */
    uint32_t break_label, continue_label;
    const OuStmtSeq *final_body;
    OuIdent *name;        /* HANDLER: the name bound by `as`, or NULL */
    bool protects;        /* has a range that an exception handler covers */
    uint32_t range_start; /* where the open piece of that range began */
    uint32_t handler_label;
    uint32_t handler_depth;
    uint32_t order;
} OuBlock;

typedef struct OuGenRange {
    uint32_t start, end, label, depth, order;
} OuGenRange;

/* The word of a jump that waits for the place of its label. */
typedef struct OuGenPatch {
    uint32_t word, label;
} OuGenPatch;

#define OU_LIST(ITEM)             \
    struct {                      \
        uint32_t count, capacity; \
        ITEM *items;              \
    }

/* Each different constant once, in the order of first use. */
typedef struct OuGenPool {
    uint32_t count, capacity;
    OuUnitConst *items;
    uint32_t *table; /* open addressing: index + 1, or 0 */
    uint32_t table_size;
} OuGenPool;

#define OU_GEN_SET_WORDS 4 /* bits for 256 near registers */
typedef struct OuRegSet {
    uint64_t bits[OU_GEN_SET_WORDS];
} OuRegSet;

struct OuGen {
    OuArena *arena;
    const OuSource *source;
    OuSyntaxError *error;
    OuGen *outer;
    OuScope *scope;
    OuUnit *unit;
    bool failed, optimize, interactive, counted;
    uint32_t steps_at; /* counted: the word that counts the instructions emitted now, or 0 */
    OU_LIST(uint32_t) code;
    OU_LIST(uint32_t) labels; /* position, or UINT32_MAX */
    OU_LIST(OuGenPatch) patches;
    OU_LIST(OuGenRange) ranges;
    OU_LIST(OuUnit *) children;
    OU_LIST(uint8_t) lines;
    OuGenPool constants, names;
    uint32_t line_at;
    OuPosition position; /* of what is emitted next */
    OuPosition last_position;
    uint16_t *var_place;  /* varnames index -> position among named registers */
    uint16_t *cell_place; /* cellvars index -> position */
    uint32_t named, far_count;
    OuReg next_temp;
    uint32_t max_register;
    OuBlock *block;
    uint32_t block_order;
    OuRegSet assigned, unsafe;
};

/* emit.c */
void ou_gen_error(OuGen *g, OuPosition at, const char *format, ...);
void ou_gen_unsupported(OuGen *g, OuPosition at, const char *what);
void ou_gen_no_memory(OuGen *g);
void ou_emit(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c);
/* In counted code: adds to the number of `with` blocks that are open. */
void ou_emit_open(OuGen *g, int more);
void ou_emit_at(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, uint32_t c);
/* At `e`, into ou_result(g, mark, want), which is returned. */
OuReg ou_emit_to(OuGen *g, const OuExpr *e, OuOpcode op, OuReg mark, OuReg want, uint32_t b, uint32_t c);
OuReg ou_copy(OuGen *g, OuReg reg); /* MOVE into a fresh temporary */
void ou_emit_wide(OuGen *g, OuOpcode op, uint32_t a, uint32_t bc);
void ou_emit_word(OuGen *g, uint32_t word);
void ou_emit_cache(OuGen *g, uint32_t words);
void ou_emit_global(OuGen *g, OuOpcode op, uint32_t a, uint32_t name); /* with its cache */
/* With the name's word and its cache behind it. */
void ou_emit_attribute(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, OuIdent *name);
uint32_t ou_label_new(OuGen *g);
void ou_label_here(OuGen *g, uint32_t label);
void ou_emit_jump(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t label);
void ou_emit_jump_at(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t label);
void ou_jump(OuGen *g, uint32_t label);
uint32_t ou_gen_name(OuGen *g, const OuIdent *name);
uint32_t ou_gen_name_text(OuGen *g, const char *text, uint32_t length);
uint32_t ou_gen_const(OuGen *g, const OuUnitConst *constant);
OuUnitConst ou_gen_tuple(OuGen *g, uint32_t count); /* to be filled; of no items when memory is out */
OuUnitConst ou_text_const(const OuIdent *name);
void ou_load_const(OuGen *g, OuReg dst, const OuUnitConst *constant);
void ou_load_kind(OuGen *g, OuReg dst, OuUnitConstKind kind);
void ou_load_text(OuGen *g, OuReg dst, const char *text, uint32_t length);
void ou_load_ident(OuGen *g, OuReg dst, OuIdent *name); /* its mangled text */
OuReg ou_temp(OuGen *g);
/* Where a result goes once the temporaries from `mark` up are consumed: `want`, or a temporary there. */
OuReg ou_result(OuGen *g, OuReg mark, OuReg want);
static inline bool ou_is_temp(const OuGen *g, OuReg reg) { return reg >= (OuReg)g->named; }
/* Where in the window the named register at `place` lies. */
static inline uint32_t ou_near_or_far(uint32_t place) {
    return place < OU_NEAR_REGISTERS ? place : OU_FAR_BASE + place - OU_NEAR_REGISTERS;
}
void ou_range_add(OuGen *g, uint32_t start, uint32_t end, uint32_t label, uint32_t depth, uint32_t order);
/* dst = function of a nested unit, which may be NULL after an error; flags and `from`: see OP_FUNCTION. */
void ou_emit_function(OuGen *g, OuPosition at, OuReg dst, uint32_t flags, OuReg from, OuUnit *unit);
/* The finished unit, or NULL. */
OuUnit *ou_gen_finish(OuGen *g);
bool ou_gen_begin(OuGen *g, OuGen *outer, OuScope *scope);

/* gen_name.c */
OuReg ou_load_name(OuGen *g, OuIdent *name, OuReg want);
void ou_store_name(OuGen *g, OuIdent *name, OuReg value); /* consumes a temporary */
OuReg ou_name_target(OuGen *g, OuIdent *name);            /* near local register to compute into, or OU_ANY */
void ou_delete_name(OuGen *g, OuIdent *name, bool quiet);
void ou_mark_assigned(OuGen *g, OuReg reg);
void ou_find_unsafe(OuGen *g, const OuStmtSeq *body);
void ou_set_intersect(OuRegSet *into, const OuRegSet *other);

/* gen_expr.c */
OuReg ou_expr(OuGen *g, const OuExpr *e);              /* operand: a near local in place, or a temporary */
void ou_expr_to(OuGen *g, const OuExpr *e, OuReg dst); /* into a register */
/* Jumps when the truth is `sense`. The test itself belongs to *at, the statement or expression that asks, until a
 * comparison takes its place: so CPython reports it. */
void ou_condition(OuGen *g, const OuExpr *e, uint32_t label, bool sense, OuPosition *at);
/* Assigns the value, of which a temporary is consumed; OU_ANY: deletes. */
void ou_store(OuGen *g, const OuExpr *target, OuReg value);
/* What a loop assigns in each round: the register of a local, or a temporary whose storing is emitted here. */
OuReg ou_store_item(OuGen *g, const OuExpr *target);
void ou_move(OuGen *g, OuReg dst, OuReg src);
OuReg ou_operand(OuGen *g, const OuExpr *e, const OuExpr *later); /* as ou_expr; copied when `later` may rebind it */
#define OU_PIECE 24u /* values collected in temporaries before they go into something that grows */
bool ou_has_star(const OuExprSeq *elts);
void ou_exprs(OuGen *g, const OuExprSeq *elts); /* each into a temporary of its own */
/* Builds a list or a set in a fresh temporary, item by item after the first piece. `callee`: of a call, or OU_ANY. */
OuReg ou_build(OuGen *g, OuPosition at, const OuExprSeq *elts, bool is_set, OuReg callee);
/* Adds the items from `first` on. */
void ou_build_more(OuGen *g, OuReg home, const OuExprSeq *elts, uint32_t first, bool is_set, OuReg callee);
/* Index of the constant among the first 256, or -1: no constant, or too many. */
int ou_small_const(OuGen *g, const OuExpr *e);

/* gen_call.c */
/* The text of a string that is the first statement. */
bool ou_gen_docstring(const OuStmtSeq *body, OuText *out);
/* In front of the call `node` of super(): when it is super().name(...), `attribute` and `outer` being what follows. */
void ou_super_method(OuGen *g, const OuExpr *node, const OuExpr *attribute, const OuExpr *outer, OuReg value);
OuReg ou_call_with(OuGen *g, const OuExpr *e, OuReg callee_value, const OuExpr *method, OuReg want);
OuReg ou_function(OuGen *g, const OuExpr *lambda, const OuStmt *def, OuReg want);
void ou_function_def(OuGen *g, const OuStmt *s);
void ou_class_def(OuGen *g, const OuStmt *s);
OuReg ou_comprehension(OuGen *g, const OuExpr *e, OuReg want);

/* gen_stmt.c, gen_block.c */
void ou_statements(OuGen *g, const OuStmtSeq *body);
void ou_block_if(OuGen *g, const OuStmt *s);
void ou_block_while(OuGen *g, const OuStmt *s);
void ou_block_for(OuGen *g, const OuStmt *s);
void ou_block_try(OuGen *g, const OuStmt *s);
void ou_block_with(OuGen *g, const OuStmt *s, uint32_t first); /* from its item `first` on */
void ou_return(OuGen *g, const OuExpr *value);
void ou_break_continue(OuGen *g, bool is_break);

#endif
