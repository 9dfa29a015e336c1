/* Call arguments and parameter lists, with the mistakes people make in them. See parser.h. */
#include "compiler/parser.h"

typedef struct ArgParts {
    OuArenaVec args;
    OuArenaVec keywords; /* name=value and **mapping */
    bool has_double_star;
} ArgParts;

/* `name=value` or, without a name, `**value`; the current token is the value's first. */
static OU_APART bool add_keyword(OuParser *p, ArgParts *parts, OuPosition start, OuIdent *name) {
    OuExpr *value = ou_parse_expression(p);
    OuKeyword *self = value == NULL ? NULL : ou_parser_new(p, sizeof *self);
    if (self == NULL) { return ou_parser_nomatch(p); }
    *self = (OuKeyword){ou_parser_span_from(p, start), name, value};
    parts->has_double_star = parts->has_double_star || name == NULL;
    return ou_parser_push_to(p, &parts->keywords, self);
}

/* `True=1`, `a=b for ...`, `a.b=1` */
static OU_APART void diagnose_keyword(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    const OuToken *first = p->tok;
    const OuToken *second = ou_parser_token(p, p->pos + 1);
    if (p->failed) { return; }
    bool equal_next = second->kind == OU_TOK_EQUAL;
    if (equal_next && (first->kind == OU_TOK_True || first->kind == OU_TOK_False || first->kind == OU_TOK_None)) {
        ou_parser_raise(p, ou_span_to(first->at, second->at), "cannot assign to %s", first->ident->text);
    } else if (equal_next && first->kind == OU_TOK_NAME) {
        OuComprehensionSeq clauses;
        ou_parser_seek(p, p->pos + 2);
        if (ou_parse_expression(p) != NULL && ou_parse_at_for(p) && ou_parse_for_clauses(p, &clauses)) {
            ou_parser_raise(p, ou_span_to(first->at, second->at),
                            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
    } else if (ou_parse_starts_expression(first)) {
        OuExpr *a = ou_parse_expression(p);
        if (a != NULL && p->tok->kind == OU_TOK_EQUAL) {
            ou_parser_raise(p, ou_span_to(a->at, p->tok->at),
                            "expression cannot contain assignment, perhaps you meant \"==\"?");
        }
    }
    if (p->err->kind == OU_ERR_NONE) { ou_parser_rewind(p, mark); }
}

static bool fail_argument(OuParser *p) {
    if (p->diagnose) { diagnose_keyword(p); }
    return ou_parser_nomatch(p);
}

static bool parse_argument(OuParser *p, ArgParts *parts) {
    OuPosition start = p->tok->at;
    OuTokenKind next = p->tok->kind == OU_TOK_NAME ? ou_parser_next_kind(p) : OU_TOK_ERROR;
    OuExpr *value;
    if (p->failed) { return false; }
    if (ou_parser_accept(p, OU_TOK_DOUBLESTAR)) { return add_keyword(p, parts, start, NULL); }
    if (next == OU_TOK_EQUAL) {
        if (p->diagnose) { diagnose_keyword(p); }
        if (p->failed) { return false; }
        OuIdent *name = p->tok->ident;
        ou_parser_seek(p, p->pos + 2);
        return add_keyword(p, parts, start, name);
    }
    if (p->tok->kind == OU_TOK_STAR) {
        value = parts->has_double_star ? ou_parser_nomatch(p) : ou_parse_starred(p, ou_parse_expression);
    } else if (parts->keywords.count > 0) {
        return fail_argument(p);
    } else {
        /* not ou_parse_named(): `f(a.b=1)` has a message of its own */
        OuParseMark mark = ou_parser_mark(p);
        value = next == OU_TOK_COLONEQUAL ? ou_parse_named(p) : ou_parse_expression(p);
        if (value != NULL && (p->tok->kind == OU_TOK_EQUAL || p->tok->kind == OU_TOK_COLONEQUAL)) {
            if (p->diagnose) { ou_parser_rewind(p, mark); }
            return fail_argument(p);
        }
    }
    return value != NULL && ou_parser_push_to(p, &parts->args, value);
}

/* As many arguments as fit, separated by commas; stops before a comma that nothing fitting follows. */
static bool parse_args(OuParser *p, ArgParts *parts) {
    if (!parse_argument(p, parts)) { return false; }
    while (p->tok->kind == OU_TOK_COMMA) {
        OuParseMark before = ou_parser_mark(p);
        ou_parser_advance(p);
        if (p->tok->kind == OU_TOK_RPAR || !parse_argument(p, parts)) {
            if (p->failed && (!p->diagnose || !ou_parser_recover(p))) { return false; }
            ou_parser_rewind(p, before);
            break;
        }
    }
    return !p->failed;
}

/* The clauses behind `elt`, reported as a generator expression without brackets when `needs_comma` follows, too. */
static bool diagnose_bare_genexp(OuParser *p, const OuExpr *elt, bool needs_comma) {
    OuComprehensionSeq clauses;
    if (elt == NULL || !ou_parse_at_for(p) || !ou_parse_for_clauses(p, &clauses)) { return false; }
    if (needs_comma && p->tok->kind != OU_TOK_COMMA) { return false; }
    const OuComprehension *clause = clauses.items[clauses.count - 1];
    const OuExpr *last = clause->ifs.count > 0 ? clause->ifs.items[clause->ifs.count - 1] : clause->iter;
    ou_parser_raise(p, ou_span_to(elt->at, last->at), "Generator expression must be parenthesized");
    return true;
}

/* Current token: behind the arguments that fit. */
static void diagnose_after_args(OuParser *p, const ArgParts *parts) {
    OuParseMark mark = ou_parser_mark(p);
    if (ou_parse_at_for(p) && parts->keywords.count == 0 && parts->args.count > 1) {
        if (diagnose_bare_genexp(p, parts->args.items[parts->args.count - 1], false)) { return; }
        ou_parser_rewind(p, mark);
    }
    if (p->failed || !ou_parser_accept(p, OU_TOK_COMMA)) { return; }
    OuParseMark behind = ou_parser_mark(p);
    if (ou_parse_starts_expression(p->tok)) {
        if (diagnose_bare_genexp(p, ou_parse_expression(p), false)) { return; }
        ou_parser_rewind(p, behind);
    }
    ArgParts more = {0};
    if (!p->failed && parse_args(p, &more)) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "positional argument follows keyword argument%s",
                             parts->has_double_star ? " unpacking" : "");
    }
}

static OU_APART void diagnose_arguments(OuParser *p, OuParseMark start, const ArgParts *parts, bool fits) {
    OuParseMark end = ou_parser_mark(p);
    if (!ou_parser_recover(p)) { return; }
    if (fits && p->tok->kind == OU_TOK_COMMA && ou_parser_next_kind(p) == OU_TOK_STAR) {
        ou_parser_raise_token(p, ou_parser_token(p, p->pos + 1),
                              "iterable argument unpacking follows keyword argument unpacking");
        return;
    }
    ou_parser_rewind(p, start);
    if (ou_parse_starts_expression(p->tok)) { /* `f(x for x in y, 1)` */
        diagnose_bare_genexp(p, ou_parse_expression(p), true);
    }
    if (p->err->kind == OU_ERR_NONE && fits) {
        ou_parser_rewind(p, end);
        diagnose_after_args(p, parts);
    }
}

bool ou_parse_arguments(OuParser *p, OuExprSeq *args, OuKeywordSeq *keywords) {
    OuPosition paren = ou_parser_advance(p);
    if (p->failed || ou_parser_accept(p, OU_TOK_RPAR)) { return !p->failed; }
    ArgParts parts = {0};
    OuParseMark start = ou_parser_mark(p);
    bool fits = parse_args(p, &parts);
    bool done = false;
    OuParseMark before = ou_parser_mark(p);
    if (fits && ou_parse_at_for(p) && parts.args.count == 1 && parts.keywords.count == 0) {
        /* `f(x for x in y)`: the generator expression takes the brackets of the call */
        OuExpr *elt = parts.args.items[0];
        parts.args.items[0] = ou_parse_comprehension(p, OU_EXPR_GeneratorExp, paren, elt, NULL, OU_TOK_RPAR);
        done = parts.args.items[0] != NULL;
        if (!done && p->diagnose && ou_parser_recover(p)) { ou_parser_rewind(p, before); }
    } else if (fits) {
        ou_parser_accept(p, OU_TOK_COMMA);
        done = ou_parser_accept(p, OU_TOK_RPAR);
        if (!done && !p->failed) { ou_parser_rewind(p, before); }
    }
    *args = OU_SEQ_OF(OuExprSeq, parts.args);
    *keywords = OU_SEQ_OF(OuKeywordSeq, parts.keywords);
    if (done) { return true; }
    if (p->diagnose) { diagnose_arguments(p, start, &parts, fits); }
    return ou_parser_nomatch(p);
}

typedef struct ParamState {
    OuArguments *args;
    OuTokenKind close; /* ')' or ':' of a lambda: no annotations then */
    OuArenaVec positional;
    OuArenaVec keyword_only;
    OuArenaVec defaults;
    OuArenaVec kw_defaults;
    uint32_t slash_count; /* positional-only ones; 0 while no '/' was seen */
    bool seen_star;
} ParamState;

static OuArg *parse_param(OuParser *p, ParamState *state, OuExpr *(*annotation)(OuParser *)) {
    OuPosition start = p->tok->at;
    OuArg *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return NULL; }
    self->arg = ou_parser_ident(p);
    if (!p->failed && state->close == OU_TOK_RPAR && ou_parser_accept(p, OU_TOK_COLON)) {
        self->annotation = annotation(p);
    }
    self->at = ou_parser_span_from(p, start);
    return p->failed ? NULL : self;
}

/* `=value` */
static bool add_default(OuParser *p, ParamState *state, OuArenaVec *list) {
    OuPosition equal = ou_parser_advance(p);
    if (p->tok->kind == state->close || p->tok->kind == OU_TOK_COMMA) {
        return ou_parser_blame(p, equal, "expected default value expression");
    }
    OuExpr *value = ou_parse_expression(p);
    return value != NULL && ou_parser_push_to(p, list, value);
}

static bool parse_plain_param(OuParser *p, ParamState *state) {
    OuPosition name = p->tok->at;
    OuArg *param = parse_param(p, state, ou_parse_expression);
    if (param == NULL) { return false; }
    bool has_default = p->tok->kind == OU_TOK_EQUAL;
    if (state->seen_star) {
        return ou_parser_push_to(p, &state->keyword_only, param) &&
               (has_default ? add_default(p, state, &state->kw_defaults)
                            : ou_parser_push_to(p, &state->kw_defaults, NULL));
    }
    if (has_default && !add_default(p, state, &state->defaults)) { return false; }
    if (!has_default && state->defaults.count > 0) {
        return ou_parser_blame(p, name, "non-default argument follows default argument");
    }
    return ou_parser_push_to(p, &state->positional, param);
}

static bool parse_slash(OuParser *p, ParamState *state) {
    OuPosition slash = p->tok->at;
    if (state->seen_star) { return ou_parser_blame(p, slash, "/ must be ahead of *"); }
    if (state->slash_count > 0) { return ou_parser_blame(p, slash, "/ may appear only once"); }
    if (state->positional.count == 0) {
        return p->diagnose && ou_parser_next_kind(p) == OU_TOK_COMMA
                   ? ou_parser_raise(p, slash, "at least one argument must precede /")
                   : ou_parser_nomatch(p);
    }
    state->slash_count = state->positional.count;
    ou_parser_advance(p);
    if (p->tok->kind == OU_TOK_STAR) { return ou_parser_blame(p, p->tok->at, "expected comma between / and *"); }
    return !p->failed;
}

static bool parse_star_param(OuParser *p, ParamState *state) {
    OuPosition star = p->tok->at;
    if (state->seen_star) { return ou_parser_blame(p, star, "* argument may appear only once"); }
    state->seen_star = true;
    ou_parser_advance(p);
    if (p->tok->kind == OU_TOK_NAME) {
        state->args->vararg = parse_param(p, state, ou_parse_star_expression);
        if (!p->failed && p->tok->kind == OU_TOK_EQUAL) {
            return ou_parser_blame(p, p->tok->at, "var-positional argument cannot have default value");
        }
        return !p->failed;
    }
    bool is_bare = p->tok->kind == state->close;
    if (p->tok->kind == OU_TOK_COMMA) {
        OuTokenKind next = ou_parser_next_kind(p);
        is_bare = next == state->close || next == OU_TOK_DOUBLESTAR;
    } else if (!is_bare) {
        return ou_parser_nomatch(p);
    }
    if (!is_bare) { return !p->failed; }
    static const char message[] = "named arguments must follow bare *";
    return state->close == OU_TOK_COLON ? ou_parser_blame_last(p, message) : ou_parser_blame(p, star, message);
}

static bool parse_double_star_param(OuParser *p, ParamState *state) {
    ou_parser_advance(p);
    state->args->kwarg = parse_param(p, state, ou_parse_expression);
    if (state->args->kwarg == NULL) { return false; }
    if (p->tok->kind == OU_TOK_EQUAL) {
        return ou_parser_blame(p, p->tok->at, "var-keyword argument cannot have default value");
    }
    ou_parser_accept(p, OU_TOK_COMMA);
    switch (p->tok->kind) {
    case OU_TOK_NAME:
    case OU_TOK_STAR:
    case OU_TOK_DOUBLESTAR:
    case OU_TOK_SLASH: return ou_parser_blame(p, p->tok->at, "arguments cannot follow var-keyword argument");
    default: return p->tok->kind == state->close || ou_parser_nomatch(p);
    }
}

/* `def f((a, b))` */
static void diagnose_parenthesized_params(OuParser *p, const ParamState *state) {
    OuPosition open = ou_parser_advance(p);
    uint32_t names = 0;
    while (ou_parser_accept(p, OU_TOK_NAME)) {
        names++;
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (!p->failed && names > 0 && p->tok->kind == OU_TOK_RPAR) {
        ou_parser_raise(p, ou_span_to(open, p->tok->at),
                        state->close == OU_TOK_RPAR ? "Function parameters cannot be parenthesized"
                                                    : "Lambda expression parameters cannot be parenthesized");
    }
}

static bool parse_any_param(OuParser *p, ParamState *state) {
    switch (p->tok->kind) {
    case OU_TOK_NAME: return parse_plain_param(p, state);
    case OU_TOK_SLASH: return parse_slash(p, state);
    case OU_TOK_STAR: return parse_star_param(p, state);
    case OU_TOK_DOUBLESTAR: return parse_double_star_param(p, state);
    default:
        if (p->diagnose && p->tok->kind == OU_TOK_LPAR) { diagnose_parenthesized_params(p, state); }
        return ou_parser_nomatch(p);
    }
}

OuArguments *ou_parse_parameters(OuParser *p, OuTokenKind close) {
    OuArguments *self = ou_parser_new(p, sizeof *self);
    ParamState state = {.args = self, .close = close};
    while (!p->failed && p->tok->kind != close) {
        if (!parse_any_param(p, &state)) { return ou_parser_nomatch(p); }
        if (p->tok->kind == close) { break; }
        if (self->kwarg != NULL || !ou_parser_expect(p, OU_TOK_COMMA)) { return ou_parser_nomatch(p); }
    }
    if (p->failed) { return NULL; }
    OuArg **positional = (OuArg **)state.positional.items;
    uint32_t slash = state.slash_count;
    self->posonlyargs = (OuArgSeq){slash, positional};
    self->args = (OuArgSeq){state.positional.count - slash, slash > 0 ? positional + slash : positional};
    self->kwonlyargs = OU_SEQ_OF(OuArgSeq, state.keyword_only);
    self->kw_defaults = OU_SEQ_OF(OuExprSeq, state.kw_defaults);
    self->defaults = OU_SEQ_OF(OuExprSeq, state.defaults);
    return self;
}
