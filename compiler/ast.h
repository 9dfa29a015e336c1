/*
 * The tree.
 *
 * Node classes and field names are those of Python 3.11's `ast` module, so that the documentation of
 * that module documents this header too and the dump of either can be compared. Nodes are tagged
 * unions in the arena and are never freed or shared (one exception: nothing). Identifiers are interned
 * per compilation: equal text, equal pointer. Built by parse_*.c, simplified by fold.c, annotated by
 * scope.c (the `scope` fields; mangled names), read by code generation.
 *
 * Depth: nesting is bounded by the parser (OU_PARSE_MAX_DEPTH), except along the chains it builds in a
 * loop: BinOp.left, Attribute/Subscript.value, Call.func, and If.orelse of elif. Walk those in a loop
 * too: ou_expr_spine_next() names the child to follow.
 */
#ifndef OU_COMPILER_AST_H
#define OU_COMPILER_AST_H

#include "gc/arena.h"

typedef struct OuExpr OuExpr;
typedef struct OuStmt OuStmt;
typedef struct OuPattern OuPattern;
typedef struct OuScope OuScope;

/* ---- identifiers ------------------------------------------------------------------------------ */

typedef struct OuIdent {
    struct OuIdent *next; /* same bucket */
    uint32_t hash;
    uint32_t len;
    uint32_t keyword; /* token kind of a hard keyword, else 0 */
    uint32_t user_index;
    void *user;  /* free for code generation, like user_index; zero at first */
    char text[]; /* UTF-8, NFKC, NUL behind the end */
} OuIdent;

typedef struct OuIdentTable {
    OuArena *arena;
    OuIdent **buckets;
    uint32_t bucket_count; /* power of two */
    uint32_t count;
} OuIdentTable;

bool ou_ident_table_init(OuIdentTable *self, OuArena *arena);
/* NULL: out of memory. */
OuIdent *ou_ident_intern(OuIdentTable *self, const char *text, size_t len);
/* NULL when the text was never interned. */
OuIdent *ou_ident_find(const OuIdentTable *self, const char *text, size_t len);
bool ou_ident_is(const OuIdent *self, const char *text);

/* ---- sequences -------------------------------------------------------------------------------- */

#define OU_SEQ(NAME, ITEM) \
    typedef struct NAME {  \
        uint32_t count;    \
        ITEM *items;       \
    } NAME

typedef struct OuArg OuArg;
typedef struct OuKeyword OuKeyword;
typedef struct OuAlias OuAlias;
typedef struct OuWithItem OuWithItem;
typedef struct OuComprehension OuComprehension;
typedef struct OuExceptHandler OuExceptHandler;
typedef struct OuMatchCase OuMatchCase;
typedef struct OuConst OuConst;

OU_SEQ(OuExprSeq, OuExpr *); /* Dict.keys and kw_defaults hold NULL for '**x' and 'no default' */
OU_SEQ(OuStmtSeq, OuStmt *);
OU_SEQ(OuPatternSeq, OuPattern *);
OU_SEQ(OuIdentSeq, OuIdent *);
OU_SEQ(OuArgSeq, OuArg *);
OU_SEQ(OuKeywordSeq, OuKeyword *);
OU_SEQ(OuAliasSeq, OuAlias *);
OU_SEQ(OuWithItemSeq, OuWithItem *);
OU_SEQ(OuComprehensionSeq, OuComprehension *);
OU_SEQ(OuExceptHandlerSeq, OuExceptHandler *);
OU_SEQ(OuMatchCaseSeq, OuMatchCase *);
OU_SEQ(OuConstSeq, OuConst *);

/* ---- enums ------------------------------------------------------------------------------------ */

typedef enum OuExprContext { OU_CTX_LOAD, OU_CTX_STORE, OU_CTX_DEL } OuExprContext;

#define OU_OPERATORS(X) \
    X(Add) X(Sub) X(Mult) X(MatMult) X(Div) X(Mod) X(Pow) X(LShift) X(RShift) X(BitOr) X(BitXor) X(BitAnd) X(FloorDiv)
#define OU_UNARY_OPERATORS(X) X(Invert) X(Not) X(UAdd) X(USub)
#define OU_COMPARISONS(X) X(Eq) X(NotEq) X(Lt) X(LtE) X(Gt) X(GtE) X(Is) X(IsNot) X(In) X(NotIn)

#define OU_ENUM_OP(NAME) OU_OP_##NAME,
#define OU_ENUM_UNARY(NAME) OU_UNARY_##NAME,
#define OU_ENUM_CMP(NAME) OU_CMP_##NAME,
typedef enum OuOperator { OU_OPERATORS(OU_ENUM_OP) OU_OP_COUNT } OuOperator;
typedef enum OuUnaryOp { OU_UNARY_OPERATORS(OU_ENUM_UNARY) OU_UNARY_COUNT } OuUnaryOp;
typedef enum OuCmpOp { OU_COMPARISONS(OU_ENUM_CMP) OU_CMP_COUNT } OuCmpOp;
typedef enum OuBoolOp { OU_BOOL_And, OU_BOOL_Or } OuBoolOp;

#define OU_EXPRESSIONS(X)                                                                                        \
    X(BoolOp)                                                                                                    \
    X(NamedExpr)                                                                                                 \
    X(BinOp)                                                                                                     \
    X(UnaryOp)                                                                                                   \
    X(Lambda)                                                                                                    \
    X(IfExp)                                                                                                     \
    X(Dict)                                                                                                      \
    X(Set) X(ListComp) X(SetComp) X(DictComp) X(GeneratorExp) X(Await) X(Yield) X(YieldFrom) X(Compare) X(Call)  \
        X(FormattedValue) X(JoinedStr) X(Constant) X(Attribute) X(Subscript) X(Starred) X(Name) X(List) X(Tuple) \
            X(Slice)
#define OU_STATEMENTS(X)                                                                                              \
    X(FunctionDef)                                                                                                    \
    X(AsyncFunctionDef)                                                                                               \
    X(ClassDef)                                                                                                       \
    X(Return)                                                                                                         \
    X(Delete)                                                                                                         \
    X(Assign)                                                                                                         \
    X(AugAssign)                                                                                                      \
    X(AnnAssign) X(For) X(AsyncFor) X(While) X(If) X(With) X(AsyncWith) X(Match) X(Raise) X(Try) X(TryStar) X(Assert) \
        X(Import) X(ImportFrom) X(Global) X(Nonlocal) X(Expr) X(Pass) X(Break) X(Continue)
#define OU_PATTERNS(X) \
    X(MatchValue) X(MatchSingleton) X(MatchSequence) X(MatchMapping) X(MatchClass) X(MatchStar) X(MatchAs) X(MatchOr)

#define OU_ENUM_EXPR(NAME) OU_EXPR_##NAME,
#define OU_ENUM_STMT(NAME) OU_STMT_##NAME,
#define OU_ENUM_PATTERN(NAME) OU_PATTERN_##NAME,
typedef enum OuExprKind { OU_EXPRESSIONS(OU_ENUM_EXPR) OU_EXPR_COUNT } OuExprKind;
typedef enum OuStmtKind { OU_STATEMENTS(OU_ENUM_STMT) OU_STMT_COUNT } OuStmtKind;
typedef enum OuPatternKind { OU_PATTERNS(OU_ENUM_PATTERN) OU_PATTERN_COUNT } OuPatternKind;

const char *ou_expr_kind_name(OuExprKind kind);
const char *ou_stmt_kind_name(OuStmtKind kind);
const char *ou_pattern_kind_name(OuPatternKind kind);

/* ---- constants -------------------------------------------------------------------------------- */

typedef enum OuConstKind {
    OU_CONST_NONE,
    OU_CONST_TRUE,
    OU_CONST_FALSE,
    OU_CONST_ELLIPSIS,
    OU_CONST_INT,    /* fits int64 */
    OU_CONST_BIGINT, /* cleaned digits in `base`, no prefix, no underscores, no sign unless `negative` */
    OU_CONST_FLOAT,
    OU_CONST_IMAGINARY,
    OU_CONST_STR,
    OU_CONST_BYTES,
    OU_CONST_TUPLE /* made by fold.c only */
} OuConstKind;

struct OuConst {
    OuConstKind kind;
    union {
        int64_t integer;
        struct {
            const char *digits;
            uint32_t len;
            uint8_t base;  /* 2, 8, 10, 16 */
            bool negative; /* made by fold.c only */
        } big;
        double number; /* FLOAT and IMAGINARY */
        struct {
            const char *bytes; /* STR: UTF-8; NUL behind the end */
            uint32_t len;
            bool has_surrogates;      /* STR: holds lone surrogates, encoded like any three-byte code point */
            bool is_unicode_prefixed; /* u'...' (ast.Constant.kind) */
        } str;
        OuConstSeq tuple;
    } as;
};

/* ---- parts that are neither expression nor statement -------------------------------------------- */

typedef struct OuSpan {
    uint32_t line;
    uint32_t col; /* byte offset in the line, from 0 */
    uint32_t end_line;
    uint32_t end_col;
} OuSpan;

struct OuArg {
    OuSpan at;
    OuIdent *arg; /* mangled by scope.c */
    OuExpr *annotation;
};

typedef struct OuArguments {
    OuArgSeq posonlyargs;
    OuArgSeq args;
    OuArg *vararg;
    OuArgSeq kwonlyargs;
    OuExprSeq kw_defaults; /* one per kwonlyargs, NULL: none */
    OuArg *kwarg;
    OuExprSeq defaults; /* of the last posonlyargs + args */
} OuArguments;

struct OuKeyword {
    OuSpan at;
    OuIdent *arg; /* NULL: **value */
    OuExpr *value;
};

struct OuAlias {
    OuSpan at;
    OuIdent *name; /* dotted for `import a.b` */
    OuIdent *asname;
};

struct OuWithItem {
    OuExpr *context_expr;
    OuExpr *optional_vars;
};

struct OuComprehension {
    OuExpr *target;
    OuExpr *iter;
    OuExprSeq ifs;
    bool is_async;
};

struct OuExceptHandler {
    OuSpan at;
    OuExpr *type;
    OuIdent *name;
    OuStmtSeq body;
};

struct OuMatchCase {
    OuPattern *pattern;
    OuExpr *guard;
    OuStmtSeq body;
};

/* ---- expressions ------------------------------------------------------------------------------ */

struct OuExpr {
    uint8_t kind;       /* OuExprKind */
    bool binds;         /* holds a walrus, yield or await that runs in this frame: see ou_expr_binds() */
    bool parenthesized; /* written in its own parentheses (a parser detail) */
    uint32_t line;
    uint32_t col;
    uint32_t end_line;
    uint32_t end_col;
    union {
        struct {
            OuBoolOp op;
            OuExprSeq values;
        } BoolOp;
        struct {
            OuExpr *target;
            OuExpr *value;
        } NamedExpr;
        struct {
            OuExpr *left;
            OuOperator op;
            OuExpr *right;
        } BinOp;
        struct {
            OuUnaryOp op;
            OuExpr *operand;
        } UnaryOp;
        struct {
            OuArguments *args;
            OuExpr *body;
            OuScope *scope;
        } Lambda;
        struct {
            OuExpr *test;
            OuExpr *body;
            OuExpr *orelse;
        } IfExp;
        struct {
            OuExprSeq keys;
            OuExprSeq values;
        } Dict;
        struct {
            OuExprSeq elts;
        } Set;
        struct {
            OuExpr *elt;
            OuComprehensionSeq generators;
            OuScope *scope;
        } ListComp;
        struct {
            OuExpr *elt;
            OuComprehensionSeq generators;
            OuScope *scope;
        } SetComp;
        struct {
            OuExpr *key;
            OuComprehensionSeq generators;
            OuScope *scope;
            OuExpr *value;
        } DictComp;
        struct {
            OuExpr *elt;
            OuComprehensionSeq generators;
            OuScope *scope;
        } GeneratorExp;
        struct {
            OuExpr *value;
        } Await;
        struct {
            OuExpr *value;
        } Yield;
        struct {
            OuExpr *value;
        } YieldFrom;
        struct {
            OuExpr *left;
            uint8_t *ops; /* OuCmpOp, one per comparator */
            OuExprSeq comparators;
        } Compare;
        struct {
            OuExpr *func;
            OuExprSeq args;
            OuKeywordSeq keywords;
        } Call;
        struct {
            OuExpr *value;
            int conversion; /* -1, 's', 'r', 'a' */
            OuExpr *format_spec;
        } FormattedValue;
        struct {
            OuExprSeq values;
        } JoinedStr;
        struct {
            OuConst value;
        } Constant;
        struct {
            OuExpr *value;
            OuIdent *attr;
            OuExprContext ctx;
        } Attribute;
        struct {
            OuExpr *value;
            OuExpr *slice;
            OuExprContext ctx;
        } Subscript;
        struct {
            OuExpr *value;
            OuExprContext ctx;
        } Starred;
        struct {
            OuIdent *id;
            OuExprContext ctx;
        } Name;
        struct {
            OuExprSeq elts;
            OuExprContext ctx;
        } List;
        struct {
            OuExprSeq elts;
            OuExprContext ctx;
        } Tuple;
        struct {
            OuExpr *lower;
            OuExpr *upper;
            OuExpr *step;
        } Slice;
    } as;
};

/* Does evaluating `self` store a name or suspend the frame? O(1). */
static inline bool ou_expr_binds(const OuExpr *self) { return self != NULL && self->binds; }

/* The child that is evaluated first and may be nested without bound: BinOp.left, Attribute.value,
   Subscript.value, Call.func; NULL for every other kind. */
static inline OuExpr *ou_expr_spine_next(const OuExpr *self) {
    switch ((OuExprKind)self->kind) {
    case OU_EXPR_BinOp: return self->as.BinOp.left;
    case OU_EXPR_Attribute: return self->as.Attribute.value;
    case OU_EXPR_Subscript: return self->as.Subscript.value;
    case OU_EXPR_Call: return self->as.Call.func;
    default: return NULL;
    }
}

/* ---- patterns --------------------------------------------------------------------------------- */

struct OuPattern {
    uint8_t kind; /* OuPatternKind */
    uint32_t line;
    uint32_t col;
    uint32_t end_line;
    uint32_t end_col;
    union {
        struct {
            OuExpr *value;
        } MatchValue;
        struct {
            OuConstKind value; /* NONE, TRUE, FALSE */
        } MatchSingleton;
        struct {
            OuPatternSeq patterns;
        } MatchSequence;
        struct {
            OuExprSeq keys;
            OuPatternSeq patterns;
            OuIdent *rest;
        } MatchMapping;
        struct {
            OuExpr *cls;
            OuPatternSeq patterns;
            OuIdentSeq kwd_attrs;
            OuPatternSeq kwd_patterns;
        } MatchClass;
        struct {
            OuIdent *name;
        } MatchStar;
        struct {
            OuPattern *pattern;
            OuIdent *name;
        } MatchAs;
        struct {
            OuPatternSeq patterns;
        } MatchOr;
    } as;
};

/* ---- statements ------------------------------------------------------------------------------- */

struct OuStmt {
    uint8_t kind; /* OuStmtKind */
    uint32_t line;
    uint32_t col;
    uint32_t end_line;
    uint32_t end_col;
    union {
        struct {
            OuIdent *name;
            OuArguments *args;
            OuStmtSeq body;
            OuExprSeq decorator_list;
            OuExpr *returns;
            OuScope *scope;
        } FunctionDef, AsyncFunctionDef;
        struct {
            OuIdent *name;
            OuExprSeq bases;
            OuKeywordSeq keywords;
            OuStmtSeq body;
            OuExprSeq decorator_list;
            OuScope *scope;
        } ClassDef;
        struct {
            OuExpr *value;
        } Return;
        struct {
            OuExprSeq targets;
        } Delete;
        struct {
            OuExprSeq targets;
            OuExpr *value;
        } Assign;
        struct {
            OuExpr *target;
            OuOperator op;
            OuExpr *value;
        } AugAssign;
        struct {
            OuExpr *target;
            OuExpr *annotation;
            OuExpr *value;
            bool simple;
        } AnnAssign;
        struct {
            OuExpr *target;
            OuExpr *iter;
            OuStmtSeq body;
            OuStmtSeq orelse;
        } For, AsyncFor;
        struct {
            OuExpr *test;
            OuStmtSeq body;
            OuStmtSeq orelse;
        } While;
        struct {
            OuExpr *test;
            OuStmtSeq body;
            OuStmtSeq orelse;
        } If;
        struct {
            OuWithItemSeq items;
            OuStmtSeq body;
        } With, AsyncWith;
        struct {
            OuExpr *subject;
            OuMatchCaseSeq cases;
        } Match;
        struct {
            OuExpr *exc;
            OuExpr *cause;
        } Raise;
        struct {
            OuStmtSeq body;
            OuExceptHandlerSeq handlers;
            OuStmtSeq orelse;
            OuStmtSeq finalbody;
        } Try, TryStar;
        struct {
            OuExpr *test;
            OuExpr *msg;
        } Assert;
        struct {
            OuAliasSeq names;
        } Import;
        struct {
            OuIdent *module; /* NULL: from . import x */
            OuAliasSeq names;
            int level;
        } ImportFrom;
        struct {
            OuIdentSeq names;
        } Global, Nonlocal;
        struct {
            OuExpr *value;
        } Expr;
    } as;
};

/* ---- the root --------------------------------------------------------------------------------- */

typedef enum OuModuleKind {
    OU_MODULE_FILE,       /* ast.Module: body */
    OU_MODULE_EXPRESSION, /* ast.Expression: expression */
    OU_MODULE_INTERACTIVE /* ast.Interactive: body */
} OuModuleKind;

typedef struct OuModule {
    OuModuleKind kind;
    OuStmtSeq body;
    OuExpr *expression;
    OuScope *scope;
    OuIdentTable *idents;
} OuModule;

/* Constructors: zero-filled but for kind and place; NULL when out of memory. */
OuExpr *ou_ast_expr(OuArena *arena, OuExprKind kind, OuSpan at);
OuStmt *ou_ast_stmt(OuArena *arena, OuStmtKind kind, OuSpan at);
OuPattern *ou_ast_pattern(OuArena *arena, OuPatternKind kind, OuSpan at);

/* How error messages name an expression ('function call', 'literal', ...). */
const char *ou_ast_expr_title(const OuExpr *expr);

#endif
