/* Children of nodes, titles for messages, and the identifier table: see ast.h. */
#include "compiler/ast.h"

#include <stdio.h>
#include <string.h>

static void visit_expr(OuVisitor *v, OuExpr *child) {
    if (child != NULL && v->expr != NULL) { v->expr(v, child); }
}

static void visit_exprs(OuVisitor *v, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) { visit_expr(v, seq->items[i]); }
}

static void visit_stmts(OuVisitor *v, const OuStmtSeq *body) {
    if (v->body != NULL) { v->body(v, body); }
}

/* How to visit a field of each type. */
#define VISIT_expr(FIELD) visit_expr(v, FIELD);
#define VISIT_spine(FIELD) visit_expr(v, v->skips_spine ? NULL : FIELD);
#define VISIT_dict_value(FIELD) visit_expr(v, FIELD);
#define VISIT_exprs(FIELD) visit_exprs(v, &FIELD);
#define VISIT_stmts(FIELD) visit_stmts(v, &FIELD);
#define VISIT_arguments(FIELD) visit_Arguments(v, FIELD);
#define VISIT_PARTS(NAME, FIELD) \
    for (uint32_t i = 0; i < FIELD.count; i++) { visit_##NAME(v, FIELD.items[i]); }
#define VISIT_keywords(FIELD) VISIT_PARTS(Keyword, FIELD)
#define VISIT_withitems(FIELD) VISIT_PARTS(WithItem, FIELD)
#define VISIT_comprehensions(FIELD) VISIT_PARTS(Comprehension, FIELD)
#define VISIT_handlers(FIELD) VISIT_PARTS(ExceptHandler, FIELD)
#define VISIT_cases(FIELD) VISIT_PARTS(MatchCase, FIELD)
#define VISIT_args(FIELD) VISIT_PARTS(Arg, FIELD)
#define VISIT_aliases(FIELD) VISIT_PARTS(Alias, FIELD)

#define C(TYPE, NAME) VISIT_##TYPE(node->NAME)
#define PART(NAME, FIELDS)                                                \
    static inline void visit_##NAME(OuVisitor *v, const Ou##NAME *node) { \
        (void)v, (void)node;                                              \
        FIELDS                                                            \
    }
#include "compiler/ast.def"

#define VISIT_NODE(KIND, NAME, FIELDS)                    \
    case KIND##NAME: {                                    \
        const struct OuNode##NAME *node = &self->as.NAME; \
        (void)node;                                       \
        FIELDS                                            \
        break;                                            \
    }

void ou_expr_children(const OuExpr *self, OuVisitor *v) {
    switch ((OuExprKind)self->kind) {
#define C(TYPE, NAME) VISIT_##TYPE(node->NAME)
#define EXPR(NAME, TITLE, FIELDS) VISIT_NODE(OU_EXPR_, NAME, FIELDS)
#include "compiler/ast.def"
    default: break;
    }
}

void ou_stmt_children(const OuStmt *self, OuVisitor *v) {
    for (const OuStmt *elif; self->kind == OU_STMT_If && (elif = ou_stmt_elif(self)) != NULL; self = elif) {
        visit_expr(v, self->as.If.test);
        visit_stmts(v, &self->as.If.body);
    }
    switch ((OuStmtKind)self->kind) {
#define C(TYPE, NAME) VISIT_##TYPE(node->NAME)
#define STMT(NAME, FIELDS) VISIT_NODE(OU_STMT_, NAME, FIELDS)
#include "compiler/ast.def"
    default: break;
    }
}

static void each_arg(const OuArgSeq *args, void (*visit)(void *context, const OuArg *arg), void *context) {
    for (uint32_t i = 0; i < args->count; i++) { visit(context, args->items[i]); }
}

void ou_each_annotated(const OuArguments *self, void (*visit)(void *context, const OuArg *arg), void *context) {
    each_arg(&self->args, visit, context);
    each_arg(&self->posonlyargs, visit, context);
    if (self->vararg != NULL) { visit(context, self->vararg); }
    each_arg(&self->kwonlyargs, visit, context);
    if (self->kwarg != NULL) { visit(context, self->kwarg); }
}

const char *ou_ast_expr_title(const OuExpr *expr) {
    static const char *const titles[] = {
#define EXPR(NAME, TITLE, FIELDS) TITLE,
#include "compiler/ast.def"
    };
    if (expr->kind != OU_EXPR_Constant) { return titles[expr->kind]; }
    switch (expr->as.Constant.value.kind) {
    case OU_UNIT_NONE: return "None";
    case OU_UNIT_TRUE: return "True";
    case OU_UNIT_FALSE: return "False";
    case OU_UNIT_ELLIPSIS: return "ellipsis";
    default: return titles[OU_EXPR_Constant];
    }
}

#define FIRST_BUCKETS 64u

bool ou_ident_table_init(OuIdentTable *self, OuArena *arena) {
    *self = (OuIdentTable){.arena = arena, .bucket_count = FIRST_BUCKETS};
    self->buckets = ou_arena_array(arena, FIRST_BUCKETS, sizeof *self->buckets);
    return self->buckets != NULL;
}

uint32_t ou_hash_bytes(const void *bytes, size_t count, uint32_t hash) {
    const uint8_t *at = bytes;
    for (size_t i = 0; i < count; i++) { hash = (hash ^ at[i]) * 16777619u; }
    return hash;
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
    uint32_t hash = ou_hash_bytes(text, len, OU_HASH_START);
    OuIdent *ident = self->buckets[hash & (self->bucket_count - 1)];
    for (; ident != NULL; ident = ident->next) {
        if (ident->hash == hash && ident->len == len && memcmp(ident->text, text, len) == 0) { return ident; }
    }
    if (self->count >= self->bucket_count) { grow_table(self); }
    ident = ou_arena_array(self->arena, sizeof *ident + len + 1, 1);
    if (ident == NULL) { return NULL; }
    ident->hash = hash;
    ident->len = (uint32_t)len;
    memcpy(ident->text, text, len);
    OuIdent **bucket = &self->buckets[hash & (self->bucket_count - 1)];
    ident->next = *bucket;
    *bucket = ident;
    self->count++;
    return ident;
}

OuIdent *ou_ident_join(OuIdentTable *self, const char *first, const char *middle, const char *last) {
    size_t size = strlen(first) + strlen(middle) + strlen(last) + 1;
    char *text = ou_arena_array(self->arena, size, 1);
    if (text == NULL) { return NULL; }
    snprintf(text, size, "%s%s%s", first, middle, last);
    return ou_ident_intern(self, text, size - 1);
}

bool ou_ident_is(const OuIdent *self, const char *text) { return strcmp(self->text, text) == 0; }
