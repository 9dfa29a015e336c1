/* The tree.
 *
 * Node classes and field names are those of Python 3.11's `ast` module, so that the documentation of that module
 * documents ast.def too and the dump of either can be compared. Nodes are tagged unions in the arena and are never
 * freed or shared. Identifiers are interned per compilation: equal text, equal pointer. Built by parse_*.c, simplified
 * by fold.c, annotated by scope.c (the `scope` fields; mangled names), read by code generation.
 *
 * Depth: nesting is bounded by the parser (OU_PARSE_MAX_DEPTH), except along the chains it builds in a loop:
 * BinOp.left, Attribute/Subscript.value, Call.func, and If.orelse of elif. Walk those in a loop too:
 * ou_expr_spine_next() names the child to follow. */
#ifndef OU_COMPILER_AST_H
#define OU_COMPILER_AST_H

#include "compiler/unit.h"
#include "gc/arena.h"

typedef struct OuScope OuScope;

typedef struct OuIdent {
    struct OuIdent *next; /* same bucket */
    uint32_t hash;
    uint32_t len;
    uint32_t keyword; /* token kind of a hard keyword, else 0 */
    char text[];      /* UTF-8, NFKC, NUL behind the end */
} OuIdent;

typedef struct OuIdentTable {
    OuArena *arena;
    OuIdent **buckets;
    uint32_t bucket_count; /* power of two */
    uint32_t count;
} OuIdentTable;

#define OU_HASH_START 2166136261u /* FNV-1a */
uint32_t ou_hash_bytes(const void *bytes, size_t count, uint32_t hash);

bool ou_ident_table_init(OuIdentTable *self, OuArena *arena);
/* NULL: out of memory. */
OuIdent *ou_ident_intern(OuIdentTable *self, const char *text, size_t len);
/* The three texts in a row. */
OuIdent *ou_ident_join(OuIdentTable *self, const char *first, const char *middle, const char *last);
bool ou_ident_is(const OuIdent *self, const char *text);

typedef enum OuExprContext { OU_CTX_LOAD, OU_CTX_STORE, OU_CTX_DEL } OuExprContext;

/* In the order of vm's OuBinary. */
#define OU_OPERATORS(X) \
    X(Add) X(Sub) X(Mult) X(Div) X(FloorDiv) X(Mod) X(Pow) X(LShift) X(RShift) X(BitAnd) X(BitOr) X(BitXor) X(MatMult)
#define OU_UNARY_OPERATORS(X) X(Invert) X(Not) X(UAdd) X(USub)
#define OU_COMPARISONS(X) X(Eq) X(NotEq) X(Lt) X(LtE) X(Gt) X(GtE) X(Is) X(IsNot) X(In) X(NotIn)

#define OU_ENUM_OP(NAME) OU_OP_##NAME,
#define OU_ENUM_UNARY(NAME) OU_UNARY_##NAME,
#define OU_ENUM_CMP(NAME) OU_CMP_##NAME,
typedef enum OuOperator { OU_OPERATORS(OU_ENUM_OP) OU_OP_COUNT } OuOperator;
typedef enum OuUnaryOp { OU_UNARY_OPERATORS(OU_ENUM_UNARY) OU_UNARY_COUNT } OuUnaryOp;
typedef enum OuCmpOp { OU_COMPARISONS(OU_ENUM_CMP) OU_CMP_COUNT } OuCmpOp;
typedef enum OuBoolOp { OU_BOOL_And, OU_BOOL_Or } OuBoolOp;

typedef enum OuExprKind {
#define EXPR(NAME, TITLE, FIELDS) OU_EXPR_##NAME,
#include "compiler/ast.def"
    OU_EXPR_COUNT
} OuExprKind;

typedef enum OuStmtKind {
#define STMT(NAME, FIELDS) OU_STMT_##NAME,
#define WORD(NAME) OU_STMT_##NAME,
#include "compiler/ast.def"
    OU_STMT_COUNT
} OuStmtKind;

typedef enum OuPatternKind {
#define PATTERN(NAME, FIELDS) OU_PATTERN_##NAME,
#include "compiler/ast.def"
    OU_PATTERN_COUNT
} OuPatternKind;

typedef struct OuExpr OuExpr;
typedef struct OuStmt OuStmt;
typedef struct OuPattern OuPattern;
#define PART(NAME, FIELDS) typedef struct Ou##NAME Ou##NAME;
#include "compiler/ast.def"

#define OU_SEQ(ITEM, NAME) \
    typedef struct NAME {  \
        uint32_t count;    \
        ITEM *items;       \
    } NAME

OU_SEQ(OuExpr *, OuExprSeq); /* Dict.keys and kw_defaults hold NULL for '**x' and 'no default' */
OU_SEQ(OuStmt *, OuStmtSeq);
OU_SEQ(OuPattern *, OuPatternSeq);
OU_SEQ(OuIdent *, OuIdentSeq);
#define PART(NAME, FIELDS) OU_SEQ(Ou##NAME *, Ou##NAME##Seq);
#include "compiler/ast.def"
OU_SEQ(uint8_t, OuCmpOpSeq); /* OuCmpOp */

#define OU_FIELD_expr OuExpr *
#define OU_FIELD_spine OuExpr *
#define OU_FIELD_exprs OuExprSeq
#define OU_FIELD_dict_value OuExpr *
#define OU_FIELD_stmts OuStmtSeq
#define OU_FIELD_pattern OuPattern *
#define OU_FIELD_patterns OuPatternSeq
#define OU_FIELD_ident OuIdent *
#define OU_FIELD_idents OuIdentSeq
#define OU_FIELD_arg OuArg *
#define OU_FIELD_args OuArgSeq
#define OU_FIELD_arguments OuArguments *
#define OU_FIELD_keywords OuKeywordSeq
#define OU_FIELD_aliases OuAliasSeq
#define OU_FIELD_withitems OuWithItemSeq
#define OU_FIELD_comprehensions OuComprehensionSeq
#define OU_FIELD_handlers OuExceptHandlerSeq
#define OU_FIELD_cases OuMatchCaseSeq
#define OU_FIELD_cmpops OuCmpOpSeq
#define OU_FIELD_operator OuOperator
#define OU_FIELD_unaryop OuUnaryOp
#define OU_FIELD_boolop OuBoolOp
#define OU_FIELD_context OuExprContext
#define OU_FIELD_constant OuUnitConst
#define OU_FIELD_constant_kind OuUnitConstKind /* NONE, TRUE, FALSE */
#define OU_FIELD_integer int
#define OU_FIELD_flag bool
#define OU_FIELD_mark bool /* not in Python's tree */
#define OU_FIELD_scope OuScope *

#define PART(NAME, FIELDS) \
    struct Ou##NAME {      \
        OuPosition at;     \
        FIELDS             \
    };
#define F(TYPE, NAME) OU_FIELD_##TYPE NAME;
#include "compiler/ast.def"

#define OU_VARIANT(NAME, FIELDS) \
    struct OuNode##NAME {        \
        FIELDS                   \
    } NAME;

struct OuExpr {
    uint8_t kind;       /* OuExprKind */
    bool binds;         /* holds a walrus, yield or await that runs in this frame: see ou_expr_binds() */
    bool parenthesized; /* written in its own parentheses (a parser detail) */
    OuPosition at;
    union {
#define EXPR(NAME, TITLE, FIELDS) OU_VARIANT(NAME, FIELDS)
#define F(TYPE, NAME) OU_FIELD_##TYPE NAME;
#include "compiler/ast.def"
    } as;
};

struct OuPattern {
    uint8_t kind; /* OuPatternKind */
    OuPosition at;
    union {
#define PATTERN OU_VARIANT
#define F(TYPE, NAME) OU_FIELD_##TYPE NAME;
#include "compiler/ast.def"
    } as;
};

struct OuStmt {
    uint8_t kind; /* OuStmtKind */
    OuPosition at;
    union {
#define STMT OU_VARIANT
#define F(TYPE, NAME) OU_FIELD_##TYPE NAME;
#include "compiler/ast.def"
    } as;
};

typedef struct OuModule {
    OuStmtSeq body;
    OuExpr *expression; /* OU_COMPILE_EVAL: instead of the body */
    OuScope *scope;
    OuIdentTable *idents;
} OuModule;

/* Does evaluating `self` store a name or suspend the frame? O(1). */
static inline bool ou_expr_binds(const OuExpr *self) { return self != NULL && self->binds; }

/* A constant of that kind; imaginary numbers have no kind. */
static inline bool ou_expr_is_constant(const OuExpr *self, OuUnitConstKind kind) {
    return self->kind == OU_EXPR_Constant && self->as.Constant.value.kind == kind && !self->as.Constant.is_imaginary;
}

/* The child that is evaluated first and may be nested without bound; NULL when the kind has none. */
static inline OuExpr *ou_expr_spine_next(const OuExpr *self) {
    switch ((OuExprKind)self->kind) {
    case OU_EXPR_BinOp: return self->as.BinOp.left;
    case OU_EXPR_Attribute: return self->as.Attribute.value;
    case OU_EXPR_Subscript: return self->as.Subscript.value;
    case OU_EXPR_Call: return self->as.Call.func;
    default: return NULL;
    }
}

/* The `if` that stands alone in the else part of `self`, as `elif` does, or NULL. */
static inline OuStmt *ou_stmt_elif(const OuStmt *self) {
    const OuStmtSeq *orelse = &self->as.If.orelse;
    return orelse->count == 1 && orelse->items[0]->kind == OU_STMT_If ? orelse->items[0] : NULL;
}

/* What a walk does with the children of a node; either may be NULL. `expr` is not called for absent ones. */
typedef struct OuVisitor OuVisitor;
struct OuVisitor {
    void (*expr)(OuVisitor *self, OuExpr *child);
    void (*body)(OuVisitor *self, const OuStmtSeq *child);
    bool skips_spine; /* ou_expr_spine_next() is not visited */
};

/* Visits the children in the order of ast.def, those of its parts included; patterns and annotations are left out. The tests and
 * bodies of an elif chain are met as those of one `if`. */
void ou_expr_children(const OuExpr *self, OuVisitor *visitor);
void ou_stmt_children(const OuStmt *self, OuVisitor *visitor);

/* The parameters in the order in which their annotations are evaluated, as in CPython: positional ones first. */
void ou_each_annotated(const OuArguments *self, void (*visit)(void *context, const OuArg *arg), void *context);

/* How error messages name an expression ('function call', 'literal', ...). */
const char *ou_ast_expr_title(const OuExpr *expr);

#endif
