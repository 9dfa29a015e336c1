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

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void dump_expr(const OuExpr *e);
static void dump_stmt(const OuStmt *s);
static void dump_pattern(const OuPattern *q);

static void dump_bytes(const char *t, size_t n, bool text) {
    /* hex: comparing needs no quoting rules then */
    printf("%c:", text ? 's' : 'b');
    for (size_t i = 0; i < n; i++) { printf("%02x", (unsigned char)t[i]); }
}

static void dump_ident(const OuIdent *i) { printf(i == NULL ? "None" : "'%s'", i == NULL ? "" : i->text); }

static void dump_const(const OuConst *c) {
    switch (c->kind) {
    case OU_CONST_NONE: printf("None"); break;
    case OU_CONST_TRUE: printf("True"); break;
    case OU_CONST_FALSE: printf("False"); break;
    case OU_CONST_ELLIPSIS: printf("Ellipsis"); break;
    case OU_CONST_INT: printf("%lld", (long long)c->as.integer); break;
    case OU_CONST_BIGINT: printf("big%d:%.*s", c->as.big.base, (int)c->as.big.len, c->as.big.digits); break;
    case OU_CONST_FLOAT: printf("f%.17g", c->as.number); break;
    case OU_CONST_IMAGINARY: printf("j%.17g", c->as.number); break;
    case OU_CONST_STR: dump_bytes(c->as.str.bytes, c->as.str.len, true); break;
    case OU_CONST_BYTES: dump_bytes(c->as.str.bytes, c->as.str.len, false); break;
    case OU_CONST_TUPLE: printf("tuple"); break;
    }
}

#define LIST(SEQ, FN)                                   \
    do {                                                \
        printf("[");                                    \
        for (uint32_t i_ = 0; i_ < (SEQ).count; i_++) { \
            printf(i_ ? ", " : "");                     \
            FN((SEQ).items[i_]);                        \
        }                                               \
        printf("]");                                    \
    } while (0)

static void dump_span(uint32_t l, uint32_t c, uint32_t el, uint32_t ec) { printf("@%u:%u-%u:%u", l, c, el, ec); }

static void dump_arg(const OuArg *a) {
    if (a == NULL) {
        printf("None");
        return;
    }
    printf("arg(");
    dump_ident(a->arg);
    printf(", ");
    dump_expr(a->annotation);
    printf(")");
    dump_span(a->at.line, a->at.col, a->at.end_line, a->at.end_col);
}

static void dump_args(const OuArguments *a) {
    printf("arguments(");
    LIST(a->posonlyargs, dump_arg);
    printf(", ");
    LIST(a->args, dump_arg);
    printf(", ");
    dump_arg(a->vararg);
    printf(", ");
    LIST(a->kwonlyargs, dump_arg);
    printf(", ");
    LIST(a->kw_defaults, dump_expr);
    printf(", ");
    dump_arg(a->kwarg);
    printf(", ");
    LIST(a->defaults, dump_expr);
    printf(")");
}

static void dump_keyword(const OuKeyword *k) {
    printf("keyword(");
    dump_ident(k->arg);
    printf(", ");
    dump_expr(k->value);
    printf(")");
    dump_span(k->at.line, k->at.col, k->at.end_line, k->at.end_col);
}

static void dump_alias(const OuAlias *a) {
    printf("alias(");
    dump_ident(a->name);
    printf(", ");
    dump_ident(a->asname);
    printf(")");
    dump_span(a->at.line, a->at.col, a->at.end_line, a->at.end_col);
}

static void dump_item(const OuWithItem *w) {
    printf("withitem(");
    dump_expr(w->context_expr);
    printf(", ");
    dump_expr(w->optional_vars);
    printf(")");
}

static void dump_comp(const OuComprehension *c) {
    printf("comprehension(");
    dump_expr(c->target);
    printf(", ");
    dump_expr(c->iter);
    printf(", ");
    LIST(c->ifs, dump_expr);
    printf(", %d)", c->is_async);
}

static void dump_handler(const OuExceptHandler *h) {
    printf("ExceptHandler(");
    dump_expr(h->type);
    printf(", ");
    dump_ident(h->name);
    printf(", ");
    LIST(h->body, dump_stmt);
    printf(")");
    dump_span(h->at.line, h->at.col, h->at.end_line, h->at.end_col);
}

static void dump_case(const OuMatchCase *c) {
    printf("match_case(");
    dump_pattern(c->pattern);
    printf(", ");
    dump_expr(c->guard);
    printf(", ");
    LIST(c->body, dump_stmt);
    printf(")");
}

static const char *const ops[] = {"Add",    "Sub",    "Mult",  "MatMult", "Div",    "Mod",     "Pow",
                                  "LShift", "RShift", "BitOr", "BitXor",  "BitAnd", "FloorDiv"};
static const char *const uops[] = {"Invert", "Not", "UAdd", "USub"};
static const char *const cops[] = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"};
static const char *const ctxs[] = {"Load", "Store", "Del"};

static void dump_pattern(const OuPattern *q) {
    if (q == NULL) {
        printf("None");
        return;
    }
    printf("%s(", ou_pattern_kind_name((OuPatternKind)q->kind));
    switch ((OuPatternKind)q->kind) {
    case OU_PATTERN_MatchValue: dump_expr(q->as.MatchValue.value); break;
    case OU_PATTERN_MatchSingleton: {
        OuConst c = {.kind = q->as.MatchSingleton.value};
        dump_const(&c);
        break;
    }
    case OU_PATTERN_MatchSequence: LIST(q->as.MatchSequence.patterns, dump_pattern); break;
    case OU_PATTERN_MatchMapping:
        LIST(q->as.MatchMapping.keys, dump_expr);
        printf(", ");
        LIST(q->as.MatchMapping.patterns, dump_pattern);
        printf(", ");
        dump_ident(q->as.MatchMapping.rest);
        break;
    case OU_PATTERN_MatchClass:
        dump_expr(q->as.MatchClass.cls);
        printf(", ");
        LIST(q->as.MatchClass.patterns, dump_pattern);
        printf(", ");
        LIST(q->as.MatchClass.kwd_attrs, dump_ident);
        printf(", ");
        LIST(q->as.MatchClass.kwd_patterns, dump_pattern);
        break;
    case OU_PATTERN_MatchStar: dump_ident(q->as.MatchStar.name); break;
    case OU_PATTERN_MatchAs:
        dump_pattern(q->as.MatchAs.pattern);
        printf(", ");
        dump_ident(q->as.MatchAs.name);
        break;
    case OU_PATTERN_MatchOr: LIST(q->as.MatchOr.patterns, dump_pattern); break;
    default: break;
    }
    printf(")");
    dump_span(q->line, q->col, q->end_line, q->end_col);
}

static void dump_expr(const OuExpr *e) {
    if (e == NULL) {
        printf("None");
        return;
    }
    printf("%s(", ou_expr_kind_name((OuExprKind)e->kind));
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_BoolOp:
        printf("%s, ", e->as.BoolOp.op == OU_BOOL_And ? "And" : "Or");
        LIST(e->as.BoolOp.values, dump_expr);
        break;
    case OU_EXPR_NamedExpr:
        dump_expr(e->as.NamedExpr.target);
        printf(", ");
        dump_expr(e->as.NamedExpr.value);
        break;
    case OU_EXPR_BinOp:
        dump_expr(e->as.BinOp.left);
        printf(", %s, ", ops[e->as.BinOp.op]);
        dump_expr(e->as.BinOp.right);
        break;
    case OU_EXPR_UnaryOp:
        printf("%s, ", uops[e->as.UnaryOp.op]);
        dump_expr(e->as.UnaryOp.operand);
        break;
    case OU_EXPR_Lambda:
        dump_args(e->as.Lambda.args);
        printf(", ");
        dump_expr(e->as.Lambda.body);
        break;
    case OU_EXPR_IfExp:
        dump_expr(e->as.IfExp.test);
        printf(", ");
        dump_expr(e->as.IfExp.body);
        printf(", ");
        dump_expr(e->as.IfExp.orelse);
        break;
    case OU_EXPR_Dict:
        LIST(e->as.Dict.keys, dump_expr);
        printf(", ");
        LIST(e->as.Dict.values, dump_expr);
        break;
    case OU_EXPR_Set: LIST(e->as.Set.elts, dump_expr); break;
    case OU_EXPR_ListComp:
    case OU_EXPR_SetComp:
    case OU_EXPR_GeneratorExp:
        dump_expr(e->as.ListComp.elt);
        printf(", ");
        LIST(e->as.ListComp.generators, dump_comp);
        break;
    case OU_EXPR_DictComp:
        dump_expr(e->as.DictComp.key);
        printf(", ");
        dump_expr(e->as.DictComp.value);
        printf(", ");
        LIST(e->as.DictComp.generators, dump_comp);
        break;
    case OU_EXPR_Await:
    case OU_EXPR_Yield:
    case OU_EXPR_YieldFrom: dump_expr(e->as.Await.value); break;
    case OU_EXPR_Compare:
        dump_expr(e->as.Compare.left);
        printf(", [");
        for (uint32_t i = 0; i < e->as.Compare.comparators.count; i++) {
            printf("%s%s", i ? ", " : "", cops[e->as.Compare.ops[i]]);
        }
        printf("], ");
        LIST(e->as.Compare.comparators, dump_expr);
        break;
    case OU_EXPR_Call:
        dump_expr(e->as.Call.func);
        printf(", ");
        LIST(e->as.Call.args, dump_expr);
        printf(", ");
        LIST(e->as.Call.keywords, dump_keyword);
        break;
    case OU_EXPR_FormattedValue:
        dump_expr(e->as.FormattedValue.value);
        printf(", %d, ", e->as.FormattedValue.conversion);
        dump_expr(e->as.FormattedValue.format_spec);
        break;
    case OU_EXPR_JoinedStr: LIST(e->as.JoinedStr.values, dump_expr); break;
    case OU_EXPR_Constant:
        dump_const(&e->as.Constant.value);
        printf(", %s", e->as.Constant.value.kind == OU_CONST_STR && e->as.Constant.value.as.str.is_unicode_prefixed
                           ? "'u'"
                           : "None");
        break;
    case OU_EXPR_Attribute:
        dump_expr(e->as.Attribute.value);
        printf(", ");
        dump_ident(e->as.Attribute.attr);
        printf(", %s", ctxs[e->as.Attribute.ctx]);
        break;
    case OU_EXPR_Subscript:
        dump_expr(e->as.Subscript.value);
        printf(", ");
        dump_expr(e->as.Subscript.slice);
        printf(", %s", ctxs[e->as.Subscript.ctx]);
        break;
    case OU_EXPR_Starred:
        dump_expr(e->as.Starred.value);
        printf(", %s", ctxs[e->as.Starred.ctx]);
        break;
    case OU_EXPR_Name:
        dump_ident(e->as.Name.id);
        printf(", %s", ctxs[e->as.Name.ctx]);
        break;
    case OU_EXPR_List:
        LIST(e->as.List.elts, dump_expr);
        printf(", %s", ctxs[e->as.List.ctx]);
        break;
    case OU_EXPR_Tuple:
        LIST(e->as.Tuple.elts, dump_expr);
        printf(", %s", ctxs[e->as.Tuple.ctx]);
        break;
    case OU_EXPR_Slice:
        dump_expr(e->as.Slice.lower);
        printf(", ");
        dump_expr(e->as.Slice.upper);
        printf(", ");
        dump_expr(e->as.Slice.step);
        break;
    default: break;
    }
    printf(")");
    dump_span(e->line, e->col, e->end_line, e->end_col);
}

static void dump_stmt(const OuStmt *s) {
    printf("%s(", ou_stmt_kind_name((OuStmtKind)s->kind));
    switch ((OuStmtKind)s->kind) {
    case OU_STMT_FunctionDef:
    case OU_STMT_AsyncFunctionDef:
        dump_ident(s->as.FunctionDef.name);
        printf(", ");
        dump_args(s->as.FunctionDef.args);
        printf(", ");
        LIST(s->as.FunctionDef.body, dump_stmt);
        printf(", ");
        LIST(s->as.FunctionDef.decorator_list, dump_expr);
        printf(", ");
        dump_expr(s->as.FunctionDef.returns);
        break;
    case OU_STMT_ClassDef:
        dump_ident(s->as.ClassDef.name);
        printf(", ");
        LIST(s->as.ClassDef.bases, dump_expr);
        printf(", ");
        LIST(s->as.ClassDef.keywords, dump_keyword);
        printf(", ");
        LIST(s->as.ClassDef.body, dump_stmt);
        printf(", ");
        LIST(s->as.ClassDef.decorator_list, dump_expr);
        break;
    case OU_STMT_Return:
    case OU_STMT_Expr: dump_expr(s->as.Return.value); break;
    case OU_STMT_Delete: LIST(s->as.Delete.targets, dump_expr); break;
    case OU_STMT_Assign:
        LIST(s->as.Assign.targets, dump_expr);
        printf(", ");
        dump_expr(s->as.Assign.value);
        break;
    case OU_STMT_AugAssign:
        dump_expr(s->as.AugAssign.target);
        printf(", %s, ", ops[s->as.AugAssign.op]);
        dump_expr(s->as.AugAssign.value);
        break;
    case OU_STMT_AnnAssign:
        dump_expr(s->as.AnnAssign.target);
        printf(", ");
        dump_expr(s->as.AnnAssign.annotation);
        printf(", ");
        dump_expr(s->as.AnnAssign.value);
        printf(", %d", s->as.AnnAssign.simple);
        break;
    case OU_STMT_For:
    case OU_STMT_AsyncFor:
        dump_expr(s->as.For.target);
        printf(", ");
        dump_expr(s->as.For.iter);
        printf(", ");
        LIST(s->as.For.body, dump_stmt);
        printf(", ");
        LIST(s->as.For.orelse, dump_stmt);
        break;
    case OU_STMT_While:
    case OU_STMT_If:
        dump_expr(s->as.If.test);
        printf(", ");
        LIST(s->as.If.body, dump_stmt);
        printf(", ");
        LIST(s->as.If.orelse, dump_stmt);
        break;
    case OU_STMT_With:
    case OU_STMT_AsyncWith:
        LIST(s->as.With.items, dump_item);
        printf(", ");
        LIST(s->as.With.body, dump_stmt);
        break;
    case OU_STMT_Match:
        dump_expr(s->as.Match.subject);
        printf(", ");
        LIST(s->as.Match.cases, dump_case);
        break;
    case OU_STMT_Raise:
        dump_expr(s->as.Raise.exc);
        printf(", ");
        dump_expr(s->as.Raise.cause);
        break;
    case OU_STMT_Try:
    case OU_STMT_TryStar:
        LIST(s->as.Try.body, dump_stmt);
        printf(", ");
        LIST(s->as.Try.handlers, dump_handler);
        printf(", ");
        LIST(s->as.Try.orelse, dump_stmt);
        printf(", ");
        LIST(s->as.Try.finalbody, dump_stmt);
        break;
    case OU_STMT_Assert:
        dump_expr(s->as.Assert.test);
        printf(", ");
        dump_expr(s->as.Assert.msg);
        break;
    case OU_STMT_Import: LIST(s->as.Import.names, dump_alias); break;
    case OU_STMT_ImportFrom:
        dump_ident(s->as.ImportFrom.module);
        printf(", ");
        LIST(s->as.ImportFrom.names, dump_alias);
        printf(", %d", s->as.ImportFrom.level);
        break;
    case OU_STMT_Global:
    case OU_STMT_Nonlocal: LIST(s->as.Global.names, dump_ident); break;
    default: break;
    }
    printf(")");
    dump_span(s->line, s->col, s->end_line, s->end_col);
}

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
    return ou_source_init(src, arena, name, t, n, origin, err) && ou_parse(arena, src, OU_PARSE_FILE, m, err) &&
           (!scopes || ou_scope_analyse(arena, *m, src, &scope, err));
}

static const char *const kinds[] = {"ok",          "SyntaxError", "IndentationError", "TabError",
                                    "MemoryError", "SyntaxError", "ValueError"};

static void one_error(const char *name, const char *t, size_t n) {
    OuArena arena;
    OuSource src;
    OuModule *m = NULL;
    OuSyntaxError err;
    ou_arena_init(&arena, NULL);
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
            ou_arena_init(&arena, NULL);
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
    ou_arena_init(&arena, NULL);
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
