/*
 * Node constructors, kind names and the identifier table: see ast.h.
 */
#include "compiler/ast.h"

#include <string.h>

#define NAME_OF(NAME) #NAME,

static const char *const expr_names[] = {OU_EXPRESSIONS(NAME_OF)};
static const char *const stmt_names[] = {OU_STATEMENTS(NAME_OF)};
static const char *const pattern_names[] = {OU_PATTERNS(NAME_OF)};

_Static_assert(sizeof expr_names / sizeof expr_names[0] == OU_EXPR_COUNT, "one name per kind");
_Static_assert(sizeof stmt_names / sizeof stmt_names[0] == OU_STMT_COUNT, "one name per kind");
_Static_assert(sizeof pattern_names / sizeof pattern_names[0] == OU_PATTERN_COUNT, "one name per kind");

const char *ou_expr_kind_name(OuExprKind kind) { return expr_names[kind]; }

const char *ou_stmt_kind_name(OuStmtKind kind) { return stmt_names[kind]; }

const char *ou_pattern_kind_name(OuPatternKind kind) { return pattern_names[kind]; }

/* ---- constructors ----------------------------------------------------------------------------- */

OuExpr *ou_ast_expr(OuArena *arena, OuExprKind kind, OuSpan at) {
    OuExpr *self = ou_arena_alloc(arena, sizeof *self);
    if (self != NULL) {
        self->kind = (uint8_t)kind;
        self->line = at.line;
        self->col = at.col;
        self->end_line = at.end_line;
        self->end_col = at.end_col;
    }
    return self;
}

OuStmt *ou_ast_stmt(OuArena *arena, OuStmtKind kind, OuSpan at) {
    OuStmt *self = ou_arena_alloc(arena, sizeof *self);
    if (self != NULL) {
        self->kind = (uint8_t)kind;
        self->line = at.line;
        self->col = at.col;
        self->end_line = at.end_line;
        self->end_col = at.end_col;
    }
    return self;
}

OuPattern *ou_ast_pattern(OuArena *arena, OuPatternKind kind, OuSpan at) {
    OuPattern *self = ou_arena_alloc(arena, sizeof *self);
    if (self != NULL) {
        self->kind = (uint8_t)kind;
        self->line = at.line;
        self->col = at.col;
        self->end_line = at.end_line;
        self->end_col = at.end_col;
    }
    return self;
}

static const char *constant_title(const OuConst *value) {
    switch (value->kind) {
    case OU_CONST_NONE: return "None";
    case OU_CONST_TRUE: return "True";
    case OU_CONST_FALSE: return "False";
    case OU_CONST_ELLIPSIS: return "ellipsis";
    default: return "literal";
    }
}

const char *ou_ast_expr_title(const OuExpr *expr) {
    static const char *const titles[OU_EXPR_COUNT] = {
        [OU_EXPR_BoolOp] = "expression",
        [OU_EXPR_NamedExpr] = "named expression",
        [OU_EXPR_BinOp] = "expression",
        [OU_EXPR_UnaryOp] = "expression",
        [OU_EXPR_Lambda] = "lambda",
        [OU_EXPR_IfExp] = "conditional expression",
        [OU_EXPR_Dict] = "dict literal",
        [OU_EXPR_Set] = "set display",
        [OU_EXPR_ListComp] = "list comprehension",
        [OU_EXPR_SetComp] = "set comprehension",
        [OU_EXPR_DictComp] = "dict comprehension",
        [OU_EXPR_GeneratorExp] = "generator expression",
        [OU_EXPR_Await] = "await expression",
        [OU_EXPR_Yield] = "yield expression",
        [OU_EXPR_YieldFrom] = "yield expression",
        [OU_EXPR_Compare] = "comparison",
        [OU_EXPR_Call] = "function call",
        [OU_EXPR_FormattedValue] = "f-string expression",
        [OU_EXPR_JoinedStr] = "f-string expression",
        [OU_EXPR_Attribute] = "attribute",
        [OU_EXPR_Subscript] = "subscript",
        [OU_EXPR_Starred] = "starred",
        [OU_EXPR_Name] = "name",
        [OU_EXPR_List] = "list",
        [OU_EXPR_Tuple] = "tuple",
        [OU_EXPR_Slice] = "slice",
    };
    return expr->kind == OU_EXPR_Constant ? constant_title(&expr->as.Constant.value) : titles[expr->kind];
}

/* ---- identifiers ------------------------------------------------------------------------------ */

#define FIRST_BUCKETS 64u

bool ou_ident_table_init(OuIdentTable *self, OuArena *arena) {
    self->arena = arena;
    self->count = 0;
    self->bucket_count = FIRST_BUCKETS;
    self->buckets = ou_arena_array(arena, FIRST_BUCKETS, sizeof *self->buckets);
    return self->buckets != NULL;
}

static uint32_t hash_text(const char *text, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) { hash = (hash ^ (unsigned char)text[i]) * 16777619u; }
    return hash;
}

OuIdent *ou_ident_find(const OuIdentTable *self, const char *text, size_t len) {
    uint32_t hash = hash_text(text, len);
    OuIdent *ident = self->buckets[hash & (self->bucket_count - 1)];
    while (ident != NULL && (ident->hash != hash || ident->len != len || memcmp(ident->text, text, len) != 0)) {
        ident = ident->next;
    }
    return ident;
}

static void grow_table(OuIdentTable *self) {
    uint32_t bucket_count = self->bucket_count * 2;
    OuIdent **buckets = ou_arena_array(self->arena, bucket_count, sizeof *buckets);
    if (buckets == NULL) { return; /* the arena remembers the failure; the old table stays usable */ }
    for (uint32_t i = 0; i < self->bucket_count; i++) {
        OuIdent *ident = self->buckets[i];
        while (ident != NULL) {
            OuIdent *next = ident->next;
            OuIdent **bucket = &buckets[ident->hash & (bucket_count - 1)];
            ident->next = *bucket;
            *bucket = ident;
            ident = next;
        }
    }
    self->buckets = buckets;
    self->bucket_count = bucket_count;
}

OuIdent *ou_ident_intern(OuIdentTable *self, const char *text, size_t len) {
    OuIdent *ident = ou_ident_find(self, text, len);
    if (ident != NULL) { return ident; }
    if (self->count >= self->bucket_count) { grow_table(self); }
    ident = ou_arena_array(self->arena, sizeof *ident + len + 1, 1);
    if (ident == NULL) { return NULL; }
    ident->hash = hash_text(text, len);
    ident->len = (uint32_t)len;
    memcpy(ident->text, text, len);
    OuIdent **bucket = &self->buckets[ident->hash & (self->bucket_count - 1)];
    ident->next = *bucket;
    *bucket = ident;
    self->count++;
    return ident;
}

bool ou_ident_is(const OuIdent *self, const char *text) { return strcmp(self->text, text) == 0; }
