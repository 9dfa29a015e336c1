/*
 * Development tool, built on demand: prints what the front end makes of a file, in a form that
 * Python's `ast` module and code objects can be compared with. Not part of any test run.
 *
 *   ast_dump tree FILE     like ast.dump(tree, include_attributes=True)
 *   ast_dump error FILE    kind|message|line|offset of the first error; FILE holds texts separated by \1
 *   ast_dump scopes FILE   one line a scope: qualname, varnames, cellvars, freevars
 *   ast_dump time FILE     seconds to parse (best of five), arena bytes
 */
#include "compiler/ast.h"
#include "compiler/parse.h"
#include "compiler/scope.h"
#include "tests/unit/plain_arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- fields: SHOW_type(value) -------------------------------------------------------------------- */

static const char *separator; /* in front of the next field */

static void next_field(void) {
    printf("%s", separator);
    separator = ", ";
}

#define NAME_OF(NAME) #NAME,
static const char *const operators[] = {OU_OPERATORS(NAME_OF)};
static const char *const unary_operators[] = {OU_UNARY_OPERATORS(NAME_OF)};
static const char *const comparisons[] = {OU_COMPARISONS(NAME_OF)};
static const char *const contexts[] = {"Load", "Store", "Del"};

static void dump_expr(const OuExpr *self);
static void dump_stmt(const OuStmt *self);
static void dump_pattern(const OuPattern *self);
#define PART(NAME, FIELDS) static void dump_##NAME(const Ou##NAME *self);
#include "compiler/ast.def"

static void dump_text(char kind, OuText text) {
    /* hex: comparing needs no quoting rules then */
    printf("%c:", kind);
    for (uint32_t i = 0; i < text.length; i++) { printf("%02x", (unsigned char)text.bytes[i]); }
}

static void dump_ident(const OuIdent *ident) {
    printf(ident == NULL ? "None" : "'%s'", ident == NULL ? "" : ident->text);
}

static void dump_const(const OuUnitConst *c, bool is_imaginary) {
    switch (c->kind) {
    case OU_UNIT_NONE: printf("None"); break;
    case OU_UNIT_TRUE: printf("True"); break;
    case OU_UNIT_FALSE: printf("False"); break;
    case OU_UNIT_ELLIPSIS: printf("Ellipsis"); break;
    case OU_UNIT_INT: printf("%lld", (long long)c->as.integer); break;
    case OU_UNIT_BIGINT: printf("big%d:%.*s", c->as.big.base, (int)c->as.big.length, c->as.big.digits); break;
    case OU_UNIT_FLOAT: printf("%c%.17g", is_imaginary ? 'j' : 'f', c->as.number); break;
    case OU_UNIT_STR: dump_text('s', c->as.text); break;
    case OU_UNIT_BYTES: dump_text('b', c->as.text); break;
    default: printf("tuple"); break;
    }
}

#define LIST(SEQ, DUMP)                                 \
    do {                                                \
        printf("[");                                    \
        for (uint32_t i_ = 0; i_ < (SEQ).count; i_++) { \
            printf(i_ > 0 ? ", " : "");                 \
            DUMP((SEQ).items[i_]);                      \
        }                                               \
        printf("]");                                    \
    } while (0)

/* All fields of the node being dumped, called `node`. */
#define FIELD(SHOW)   \
    {                 \
        next_field(); \
        SHOW;         \
    }
#define FIELDS_OF(SEQ, DUMP) \
    next_field();            \
    LIST(SEQ, DUMP);
#define SHOW_expr(X) FIELD(dump_expr(X))
#define SHOW_spine(X) FIELD(dump_expr(X))
#define SHOW_dict_value(X) \
    if (X != NULL) { FIELD(dump_expr(X)) }
#define SHOW_exprs(X) FIELDS_OF(X, dump_expr)
#define SHOW_stmts(X) FIELDS_OF(X, dump_stmt)
#define SHOW_pattern(X) FIELD(dump_pattern(X))
#define SHOW_patterns(X) FIELDS_OF(X, dump_pattern)
#define SHOW_ident(X) FIELD(dump_ident(X))
#define SHOW_idents(X) FIELDS_OF(X, dump_ident)
#define SHOW_arg(X) FIELD(dump_Arg(X))
#define SHOW_args(X) FIELDS_OF(X, dump_Arg)
#define SHOW_arguments(X) FIELD(dump_Arguments(X))
#define SHOW_keywords(X) FIELDS_OF(X, dump_Keyword)
#define SHOW_aliases(X) FIELDS_OF(X, dump_Alias)
#define SHOW_withitems(X) FIELDS_OF(X, dump_WithItem)
#define SHOW_comprehensions(X) FIELDS_OF(X, dump_Comprehension)
#define SHOW_handlers(X) FIELDS_OF(X, dump_ExceptHandler)
#define SHOW_cases(X) FIELDS_OF(X, dump_MatchCase)
#define PUT_COMPARISON(OP) printf("%s", comparisons[OP])
#define SHOW_cmpops(X) FIELDS_OF(X, PUT_COMPARISON)
#define SHOW_operator(X) FIELD(printf("%s", operators[X]))
#define SHOW_unaryop(X) FIELD(printf("%s", unary_operators[X]))
#define SHOW_boolop(X) FIELD(printf("%s", X == OU_BOOL_And ? "And" : "Or"))
#define SHOW_context(X) FIELD(printf("%s", contexts[X]))
#define SHOW_constant(X) FIELD(dump_const(&X, node->is_imaginary)) FIELD(printf("None"))
#define SHOW_constant_kind(X) FIELD(dump_const(&(OuUnitConst){.kind = X}, false))
#define SHOW_integer(X) FIELD(printf("%d", X))
#define SHOW_flag(X) FIELD(printf("%d", X))
#define SHOW_mark(X)
#define SHOW_scope(X)

/* ---- nodes ------------------------------------------------------------------------------------ */

static void begin(const char *title) {
    printf("%s(", title);
    separator = "";
}

/* The field behind it in the node around it is not the first one. */
static void end(OuPosition at) {
    printf(")");
    if (at.end_line > 0) { printf("@%u:%u-%u:%u", at.line, at.column, at.end_line, at.end_column); }
    separator = ", ";
}

/* Names of Python's `ast` module where they differ from ours. */
static const char *title_of_part(const char *name) {
    static const char *const titles[][2] = {
        {"Arg", "arg"},           {"Arguments", "arguments"},         {"Keyword", "keyword"},     {"Alias", "alias"},
        {"WithItem", "withitem"}, {"Comprehension", "comprehension"}, {"MatchCase", "match_case"}};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        if (strcmp(titles[i][0], name) == 0) { return titles[i][1]; }
    }
    return name;
}

static bool is_absent(const void *self) {
    if (self == NULL) { printf("None"); }
    return self == NULL;
}

#define PART(NAME, FIELDS)                          \
    static void dump_##NAME(const Ou##NAME *node) { \
        if (is_absent(node)) { return; }            \
        begin(title_of_part(#NAME));                \
        FIELDS                                      \
        end(node->at);                              \
    }
#define F(TYPE, NAME) SHOW_##TYPE(node->NAME)
#include "compiler/ast.def"

#define NODE(KIND, NAME, FIELDS)                          \
    case KIND##NAME: {                                    \
        const struct OuNode##NAME *node = &self->as.NAME; \
        begin(#NAME);                                     \
        FIELDS                                            \
        break;                                            \
    }

static void dump_expr(const OuExpr *self) {
    if (is_absent(self)) { return; }
    switch ((OuExprKind)self->kind) {
#define EXPR(NAME, TITLE, FIELDS) NODE(OU_EXPR_, NAME, FIELDS)
#define F(TYPE, NAME) SHOW_##TYPE(node->NAME)
#include "compiler/ast.def"
    default: break;
    }
    end(self->at);
}

static void dump_pattern(const OuPattern *self) {
    if (is_absent(self)) { return; }
    switch ((OuPatternKind)self->kind) {
#define PATTERN(NAME, FIELDS) NODE(OU_PATTERN_, NAME, FIELDS)
#define F(TYPE, NAME) SHOW_##TYPE(node->NAME)
#include "compiler/ast.def"
    default: break;
    }
    end(self->at);
}

static void dump_stmt(const OuStmt *self) {
    switch ((OuStmtKind)self->kind) {
#define STMT(NAME, FIELDS) NODE(OU_STMT_, NAME, FIELDS)
#define WORD(NAME)       \
    case OU_STMT_##NAME: \
        begin(#NAME);    \
        break;
#define F(TYPE, NAME) SHOW_##TYPE(node->NAME)
#include "compiler/ast.def"
    default: break;
    }
    end(self->at);
}

/* ---- scopes ----------------------------------------------------------------------------------- */

static void dump_names(const OuIdentSeq *seq) {
    printf("|");
    for (uint32_t i = 0; i < seq->count; i++) { printf("%s%s", i ? "," : "", seq->items[i]->text); }
}

static void dump_scope(const OuScope *s) {
    printf("%s|%u,%u,%u", s->qualname->text, s->arg_count, s->posonly_count, s->kwonly_count);
    dump_names(&s->varnames);
    dump_names(&s->cellvars);
    dump_names(&s->freevars);
    printf("|%d%d%d%d\n", s->has_varargs, s->has_varkw, s->is_generator, s->is_coroutine);
    for (const OuScope *c = s->first_child; c != NULL; c = c->next_sibling) { dump_scope(c); }
}

static char *read_file(const char *name, size_t *len) {
    FILE *f = fopen(name, "rb");
    if (f == NULL) {
        perror(name);
        exit(2);
    }
    char *t = NULL;
    size_t cap = 0;
    *len = 0;
    for (;;) {
        if (*len + 65536 > cap) {
            cap = cap * 2 + 131072;
            t = realloc(t, cap);
            if (t == NULL) { exit(2); }
        }
        size_t n = fread(t + *len, 1, 65536, f);
        if (n == 0) { break; }
        *len += n;
    }
    fclose(f);
    return t;
}

static bool front(OuArena *arena, OuSource *src, const char *name, const char *t, size_t n, OuSourceOrigin origin,
                  OuModule **m, OuSyntaxError *err, bool scopes) {
    OuScope *scope;
    return ou_source_init(src, arena, name, t, n, origin, err) && ou_parse(arena, src, OU_COMPILE_FILE, m, err) &&
           (!scopes || ou_scope_analyse(arena, *m, src, &scope, err));
}

static const char *const kinds[] = {"ok",          "SyntaxError", "IndentationError", "TabError",
                                    "MemoryError", "SyntaxError", "ValueError"};

static void one_error(const char *name, const char *t, size_t n) {
    OuArena arena;
    OuSource src;
    OuModule *m = NULL;
    OuSyntaxError err;
    plain_arena_init(&arena);
    if (front(&arena, &src, name, t, n, OU_SOURCE_STRING, &m, &err, true)) {
        printf("ok\n");
    } else {
        printf("%s|%s|%d|%d\n", kinds[err.kind], err.message, err.line, err.col);
    }
    ou_arena_fini(&arena);
}

int main(int argc, char **argv) {
    if (argc < 3) { return 2; }
    size_t n;
    char *t = read_file(argv[2], &n);
    const char *mode = argv[1];
    OuArena arena;
    OuSource src;
    OuModule *m = NULL;
    OuSyntaxError err;
    int status = 0;
    if (strcmp(mode, "error") == 0) {
        size_t from = 0;
        for (size_t i = 0; i <= n; i++) {
            if (i == n || t[i] == '\1') {
                one_error(argv[2], t + from, i - from);
                from = i + 1;
            }
        }
        free(t);
        return 0;
    }
    if (strcmp(mode, "time") == 0) {
        double best = 1e9;
        for (int k = 0; k < 5; k++) {
            struct timespec a, b;
            plain_arena_init(&arena);
            timespec_get(&a, TIME_UTC);
            bool ok = front(&arena, &src, argv[2], t, n, OU_SOURCE_FILE, &m, &err, argc > 3);
            timespec_get(&b, TIME_UTC);
            double s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
            best = s < best ? s : best;
            if (k == 4) {
                printf("%s %.3f s, %zu KiB, %u lines\n", ok ? "ok" : err.message, best, arena.bytes / 1024,
                       src.line_count);
            }
            ou_arena_fini(&arena);
        }
        free(t);
        return 0;
    }
    plain_arena_init(&arena);
    bool scopes = strcmp(mode, "scopes") == 0;
    if (!front(&arena, &src, argv[2], t, n, OU_SOURCE_FILE, &m, &err, scopes)) {
        printf("%s|%s|%d|%d\n", kinds[err.kind], err.message, err.line, err.col);
        status = 1;
    } else if (scopes) {
        dump_scope(m->scope);
    } else {
        LIST(m->body, dump_stmt);
        printf("\n");
    }
    ou_arena_fini(&arena);
    free(t);
    return status;
}
