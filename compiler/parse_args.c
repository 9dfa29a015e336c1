/*
 * Call arguments and parameter lists, with the mistakes people make in them. See parser.h.
 */
#include "compiler/parser.h"

/* ---- arguments -------------------------------------------------------------------------------- */

typedef struct ArgParts {
    OuArenaVec args;
    OuArenaVec keywords;
    bool binds;
    bool has_keyword; /* name=value or **mapping seen */
    bool has_double_star;
} ArgParts;

static OuKeyword *make_keyword(OuParser *p, OuSpan start, OuIdent *name, OuExpr *value) {
    OuKeyword *self = value == NULL ? NULL : ou_parser_new(p, sizeof *self);
    if (self == NULL) { return ou_parser_nomatch(p); }
    self->at = ou_parser_span_from(p, start);
    self->arg = name;
    self->value = value;
    return self;
}

static bool add_keyword(OuParser *p, ArgParts *parts, OuKeyword *keyword) {
    if (keyword == NULL || !ou_arena_push(p->arena, &parts->keywords, keyword)) {
        p->failed = true;
        return false;
    }
    parts->has_keyword = true;
    parts->has_double_star = parts->has_double_star || keyword->arg == NULL;
    parts->binds = parts->binds || keyword->value->binds;
    return true;
}

/* `True=1`, `a=b for ...`, `a.b=1` */
static void diagnose_keyword(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    const OuToken *first = p->tok;
    const OuToken *second = ou_parser_token(p, p->pos + 1);
    if (p->failed) { return; }
    bool equal_next = second->kind == OU_TOK_EQUAL;
    OuSpan at = {first->line, first->col, second->end_line, second->end_col};
    if (equal_next && (first->kind == OU_TOK_True || first->kind == OU_TOK_False || first->kind == OU_TOK_None)) {
        ou_parser_raise(p, at, "cannot assign to %s", first->ident->text);
    } else if (equal_next && first->kind == OU_TOK_NAME) {
        OuComprehensionSeq clauses;
        bool binds;
        ou_parser_seek(p, p->pos + 2);
        if (!p->failed && ou_parse_expression(p) != NULL && ou_parse_at_for(p) &&
            ou_parse_for_clauses(p, &clauses, &binds)) {
            ou_parser_raise(p, at, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }
    } else if (ou_parse_starts_expression(first)) {
        OuExpr *a = ou_parse_expression(p);
        if (a != NULL && p->tok->kind == OU_TOK_EQUAL) {
            at = (OuSpan){a->line, a->col, p->tok->end_line, p->tok->end_col};
            ou_parser_raise(p, at, "expression cannot contain assignment, perhaps you meant \"==\"?");
        }
    }
    if (p->err->kind == OU_ERR_NONE) { ou_parser_rewind(p, mark); }
}

static bool parse_keyword(OuParser *p, ArgParts *parts) {
    OuSpan start = ou_parser_here(p);
    if (p->tok->kind == OU_TOK_DOUBLESTAR) {
        ou_parser_advance(p);
        OuExpr *value = p->failed ? NULL : ou_parse_expression(p);
        return add_keyword(p, parts, make_keyword(p, start, NULL, value));
    }
    if (p->diagnose) { diagnose_keyword(p); }
    if (p->failed || p->tok->kind != OU_TOK_NAME || ou_parser_token(p, p->pos + 1)->kind != OU_TOK_EQUAL) {
        p->failed = true;
        return false;
    }
    OuIdent *name = p->tok->ident;
    ou_parser_seek(p, p->pos + 2);
    OuExpr *value = p->failed ? NULL : ou_parse_expression(p);
    return add_keyword(p, parts, make_keyword(p, start, name, value));
}

static bool parse_argument(OuParser *p, ArgParts *parts) {
    bool is_keyword = p->tok->kind == OU_TOK_DOUBLESTAR ||
                      (p->tok->kind == OU_TOK_NAME && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_EQUAL);
    if (p->failed) { return false; }
    if (is_keyword) { return parse_keyword(p, parts); }
    if (p->tok->kind == OU_TOK_STAR) {
        if (parts->has_double_star) {
            p->failed = true;
            return false;
        }
        OuSpan start = ou_parser_here(p);
        ou_parser_advance(p);
        OuExpr *value = p->failed ? NULL : ou_parse_expression(p);
        OuExpr *self = ou_parser_expr(p, OU_EXPR_Starred, start);
        if (self == NULL) { return false; }
        self->as.Starred.value = value;
        self->binds = value->binds;
        parts->binds = parts->binds || value->binds;
        return ou_arena_push(p->arena, &parts->args, self);
    }
    if (parts->has_keyword) {
        if (p->diagnose) { diagnose_keyword(p); }
        p->failed = true;
        return false;
    }
    /* not ou_parse_named(): `f(a.b=1)` has a message of its own */
    bool is_walrus = p->tok->kind == OU_TOK_NAME && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_COLONEQUAL;
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *value = is_walrus ? ou_parse_named(p) : ou_parse_expression(p);
    if (value == NULL || p->tok->kind == OU_TOK_EQUAL || p->tok->kind == OU_TOK_COLONEQUAL) {
        if (value != NULL && p->diagnose) {
            ou_parser_rewind(p, mark);
            diagnose_keyword(p);
        }
        p->failed = true;
        return false;
    }
    parts->binds = parts->binds || value->binds;
    if (!ou_arena_push(p->arena, &parts->args, value)) {
        p->failed = true;
        return false;
    }
    return true;
}

/* As many arguments as fit, separated by commas; stops before a comma that nothing fitting follows. */
static bool parse_args(OuParser *p, ArgParts *parts) {
    if (!parse_argument(p, parts)) { return false; }
    while (!p->failed && p->tok->kind == OU_TOK_COMMA) {
        OuParseMark before = ou_parser_mark(p);
        ou_parser_advance(p);
        if (p->failed) { return false; }
        if (p->tok->kind == OU_TOK_RPAR || !parse_argument(p, parts)) {
            if (p->failed && (!p->diagnose || !ou_parser_recover(p))) { return false; }
            ou_parser_rewind(p, before);
            break;
        }
    }
    return !p->failed;
}

static const OuExpr *last_of(const OuComprehensionSeq *clauses) {
    const OuComprehension *last = clauses->items[clauses->count - 1];
    return last->ifs.count > 0 ? last->ifs.items[last->ifs.count - 1] : last->iter;
}

static bool diagnose_bare_genexp(OuParser *p, const OuExpr *elt) {
    OuComprehensionSeq clauses;
    bool binds = false;
    if (!ou_parse_for_clauses(p, &clauses, &binds)) { return false; }
    const OuExpr *last = last_of(&clauses);
    OuSpan at = {elt->line, elt->col, last->end_line, last->end_col};
    ou_parser_raise(p, at, "Generator expression must be parenthesized");
    return true;
}

/* `f(x for x in y, 1)` */
static void diagnose_first_genexp(OuParser *p) {
    OuComprehensionSeq clauses;
    bool binds = false;
    OuExpr *elt = ou_parse_starts_expression(p->tok) ? ou_parse_expression(p) : NULL;
    if (elt != NULL && ou_parse_at_for(p) && ou_parse_for_clauses(p, &clauses, &binds) &&
        p->tok->kind == OU_TOK_COMMA) {
        const OuExpr *last = last_of(&clauses);
        OuSpan at = {elt->line, elt->col, last->end_line, last->end_col};
        ou_parser_raise(p, at, "Generator expression must be parenthesized");
    }
}

/* Current token: behind the arguments that fit. */
static void diagnose_after_args(OuParser *p, const ArgParts *parts) {
    OuParseMark mark = ou_parser_mark(p);
    if (ou_parse_at_for(p) && parts->args.count > 0 && parts->keywords.count == 0 && parts->args.count > 1) {
        if (diagnose_bare_genexp(p, parts->args.items[parts->args.count - 1])) { return; }
        ou_parser_rewind(p, mark);
    }
    if (p->failed || p->tok->kind != OU_TOK_COMMA) { return; }
    ou_parser_advance(p);
    if (p->failed) { return; }
    OuParseMark behind = ou_parser_mark(p);
    if (ou_parse_starts_expression(p->tok)) {
        OuExpr *elt = ou_parse_expression(p);
        if (elt != NULL && ou_parse_at_for(p) && diagnose_bare_genexp(p, elt)) { return; }
        ou_parser_rewind(p, behind);
    }
    ArgParts more = {0};
    if (!p->failed && parse_args(p, &more)) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "positional argument follows keyword argument%s",
                             parts->has_double_star ? " unpacking" : "");
    }
}

static void diagnose_arguments(OuParser *p, OuParseMark start, const ArgParts *parts, bool fits) {
    OuParseMark end = ou_parser_mark(p);
    if (!ou_parser_recover(p)) { return; }
    if (fits && p->tok->kind == OU_TOK_COMMA && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_STAR) {
        ou_parser_raise_token(p, ou_parser_token(p, p->pos + 1),
                              "iterable argument unpacking follows keyword argument unpacking");
        return;
    }
    ou_parser_rewind(p, start);
    diagnose_first_genexp(p);
    if (p->err->kind == OU_ERR_NONE && fits) {
        ou_parser_rewind(p, end);
        diagnose_after_args(p, parts);
    }
    p->failed = true;
}

static bool take_sequences(OuParser *p, const ArgParts *parts, OuExprSeq *args, OuKeywordSeq *keywords) {
    uint32_t mark = p->scratch.count;
    for (uint32_t i = 0; i < parts->args.count; i++) { ou_parser_push(p, parts->args.items[i]); }
    args->items = ou_parser_take(p, mark, &args->count);
    for (uint32_t i = 0; i < parts->keywords.count; i++) { ou_parser_push(p, parts->keywords.items[i]); }
    keywords->items = ou_parser_take(p, mark, &keywords->count);
    return !p->failed;
}

/* `f(x for x in y)`: the generator expression takes the brackets of the call. */
static bool finish_lone_genexp(OuParser *p, OuSpan paren, ArgParts *parts) {
    OuExpr *elt = parts->args.items[0];
    OuComprehensionSeq clauses;
    bool binds = elt->binds;
    if (!ou_parse_for_clauses(p, &clauses, &binds)) { return false; }
    if (elt->kind == OU_EXPR_Starred && p->diagnose) {
        ou_parser_raise(p, ou_parser_expr_span(elt), "iterable unpacking cannot be used in comprehension");
    }
    if (elt->kind == OU_EXPR_Starred || !ou_parser_expect(p, OU_TOK_RPAR)) {
        p->failed = true;
        return false;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_GeneratorExp, paren);
    if (self == NULL) { return false; }
    self->as.GeneratorExp.elt = elt;
    self->as.GeneratorExp.generators = clauses;
    self->binds = binds;
    parts->args.items[0] = self;
    parts->binds = parts->binds || binds;
    return true;
}

bool ou_parse_arguments(OuParser *p, OuExprSeq *args, OuKeywordSeq *keywords, bool *binds) {
    OuSpan paren = ou_parser_here(p);
    ou_parser_advance(p);
    if (p->failed) { return false; }
    if (p->tok->kind == OU_TOK_RPAR) {
        ou_parser_advance(p);
        return !p->failed;
    }
    ArgParts parts = {0};
    OuParseMark start = ou_parser_mark(p);
    bool fits = parse_args(p, &parts);
    bool done = false;
    if (fits && ou_parse_at_for(p) && parts.args.count == 1 && parts.keywords.count == 0) {
        OuParseMark before = ou_parser_mark(p);
        done = finish_lone_genexp(p, paren, &parts);
        if (!done && p->diagnose && ou_parser_recover(p)) { ou_parser_rewind(p, before); }
    } else if (fits) {
        OuParseMark before = ou_parser_mark(p);
        ou_parser_accept(p, OU_TOK_COMMA);
        done = ou_parser_accept(p, OU_TOK_RPAR);
        if (!done && !p->failed) { ou_parser_rewind(p, before); }
    }
    if (!done) {
        if (p->diagnose) { diagnose_arguments(p, start, &parts, fits); }
        p->failed = true;
        return false;
    }
    *binds = *binds || parts.binds;
    return take_sequences(p, &parts, args, keywords);
}

/* ---- parameters ------------------------------------------------------------------------------- */

typedef struct ParamState {
    OuArguments *args;
    OuTokenKind close; /* ')' or ':' of a lambda: no annotations then */
    OuArenaVec positional;
    OuArenaVec keyword_only;
    OuArenaVec defaults;
    OuArenaVec kw_defaults;
    uint32_t slash_count; /* positional-only ones; 0 while no '/' was seen */
    bool seen_slash;
    bool seen_star;
    bool *binds;
} ParamState;

static void *diagnose_at(OuParser *p, const OuToken *token, const char *message) {
    return p->diagnose ? ou_parser_raise_token(p, token, "%s", message) : ou_parser_nomatch(p);
}

static OuArg *parse_param(OuParser *p, ParamState *state, bool star_annotation) {
    if (p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
    OuSpan start = ou_parser_here(p);
    OuArg *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return NULL; }
    self->arg = p->tok->ident;
    ou_parser_advance(p);
    if (!p->failed && state->close == OU_TOK_RPAR && ou_parser_accept(p, OU_TOK_COLON)) {
        self->annotation = star_annotation ? ou_parse_star_expression(p) : ou_parse_expression(p);
        *state->binds = *state->binds || ou_expr_binds(self->annotation);
    }
    self->at = ou_parser_span_from(p, start);
    return p->failed ? NULL : self;
}

static bool add_default(OuParser *p, ParamState *state, OuArenaVec *list) {
    const OuToken *equal = p->tok;
    ou_parser_advance(p);
    if (p->failed) { return false; }
    if (p->tok->kind == state->close || p->tok->kind == OU_TOK_COMMA) {
        diagnose_at(p, equal, "expected default value expression");
        return false;
    }
    OuExpr *value = ou_parse_expression(p);
    if (value == NULL) { return false; }
    *state->binds = *state->binds || value->binds;
    return ou_arena_push(p->arena, list, value);
}

static bool parse_plain_param(OuParser *p, ParamState *state) {
    const OuToken *name = p->tok; /* tokens stay where they are */
    OuArg *param = parse_param(p, state, false);
    if (param == NULL) { return false; }
    if (state->seen_star) {
        ou_arena_push(p->arena, &state->keyword_only, param);
        if (p->tok->kind == OU_TOK_EQUAL) { return add_default(p, state, &state->kw_defaults); }
        return ou_arena_push(p->arena, &state->kw_defaults, NULL);
    }
    if (p->tok->kind == OU_TOK_EQUAL) {
        if (!add_default(p, state, &state->defaults)) { return false; }
    } else if (state->defaults.count > 0) {
        diagnose_at(p, name, "non-default argument follows default argument");
        return false;
    }
    return ou_arena_push(p->arena, &state->positional, param);
}

static bool parse_slash(OuParser *p, ParamState *state) {
    const OuToken *slash = p->tok;
    if (state->seen_star) {
        diagnose_at(p, slash, "/ must be ahead of *");
        return false;
    }
    if (state->seen_slash) {
        diagnose_at(p, slash, "/ may appear only once");
        return false;
    }
    if (state->positional.count == 0) {
        if (p->diagnose && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_COMMA) {
            ou_parser_raise_token(p, slash, "at least one argument must precede /");
        }
        p->failed = true;
        return false;
    }
    state->seen_slash = true;
    state->slash_count = state->positional.count;
    ou_parser_advance(p);
    if (!p->failed && p->tok->kind == OU_TOK_STAR) {
        diagnose_at(p, p->tok, "expected comma between / and *");
        return false;
    }
    return !p->failed;
}

static bool parse_star_param(OuParser *p, ParamState *state) {
    const OuToken *star = p->tok;
    if (state->seen_star) {
        diagnose_at(p, star, "* argument may appear only once");
        return false;
    }
    state->seen_star = true;
    ou_parser_advance(p);
    if (p->failed) { return false; }
    if (p->tok->kind == OU_TOK_NAME) {
        state->args->vararg = parse_param(p, state, true);
        if (!p->failed && p->tok->kind == OU_TOK_EQUAL) {
            diagnose_at(p, p->tok, "var-positional argument cannot have default value");
        }
        return !p->failed;
    }
    bool is_bare = p->tok->kind == state->close;
    if (p->tok->kind == OU_TOK_COMMA) {
        uint8_t next = ou_parser_token(p, p->pos + 1)->kind;
        is_bare = next == state->close || next == OU_TOK_DOUBLESTAR;
    } else if (!is_bare) {
        p->failed = true;
        return false;
    }
    if (is_bare && p->diagnose && state->close == OU_TOK_COLON) {
        ou_parser_raise_last(p, OU_ERR_SYNTAX, "named arguments must follow bare *");
        return false;
    }
    if (is_bare) {
        diagnose_at(p, star, "named arguments must follow bare *");
        return false;
    }
    return !p->failed;
}

static bool parse_double_star_param(OuParser *p, ParamState *state) {
    ou_parser_advance(p);
    state->args->kwarg = p->failed ? NULL : parse_param(p, state, false);
    if (state->args->kwarg == NULL) { return false; }
    if (p->tok->kind == OU_TOK_EQUAL) {
        diagnose_at(p, p->tok, "var-keyword argument cannot have default value");
        return false;
    }
    ou_parser_accept(p, OU_TOK_COMMA);
    if (!p->failed && p->tok->kind != state->close) {
        uint8_t kind = p->tok->kind;
        if (kind == OU_TOK_NAME || kind == OU_TOK_STAR || kind == OU_TOK_DOUBLESTAR || kind == OU_TOK_SLASH) {
            diagnose_at(p, p->tok, "arguments cannot follow var-keyword argument");
        }
        p->failed = true;
    }
    return !p->failed;
}

/* `def f((a, b))` */
static void diagnose_parenthesized_params(OuParser *p, const ParamState *state) {
    const OuToken *open = p->tok;
    if (!p->diagnose || p->tok->kind != OU_TOK_LPAR) { return; }
    ou_parser_advance(p);
    uint32_t names = 0;
    while (!p->failed && p->tok->kind == OU_TOK_NAME) {
        names++;
        ou_parser_advance(p);
        if (p->failed || p->tok->kind != OU_TOK_COMMA) { break; }
        ou_parser_advance(p);
    }
    if (!p->failed && names > 0 && p->tok->kind == OU_TOK_RPAR) {
        OuSpan at = {open->line, open->col, p->tok->end_line, p->tok->end_col};
        ou_parser_raise(p, at,
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
        diagnose_parenthesized_params(p, state);
        p->failed = true;
        return false;
    }
}

static void *take_list(OuParser *p, const OuArenaVec *list, uint32_t from, uint32_t to, uint32_t *count) {
    uint32_t mark = p->scratch.count;
    for (uint32_t i = from; i < to; i++) { ou_parser_push(p, list->items[i]); }
    return ou_parser_take(p, mark, count);
}

OuArguments *ou_parse_parameters(OuParser *p, OuTokenKind close, bool *binds) {
    OuArguments *self = ou_parser_new(p, sizeof *self);
    ParamState state = {.args = self, .close = close, .binds = binds};
    while (!p->failed && p->tok->kind != close) {
        if (!parse_any_param(p, &state)) { return ou_parser_nomatch(p); }
        if (p->failed || p->tok->kind == close) { break; }
        if (self->kwarg != NULL || !ou_parser_expect(p, OU_TOK_COMMA)) { return ou_parser_nomatch(p); }
    }
    if (p->failed) { return NULL; }
    self->posonlyargs.items = take_list(p, &state.positional, 0, state.slash_count, &self->posonlyargs.count);
    self->args.items = take_list(p, &state.positional, state.slash_count, state.positional.count, &self->args.count);
    self->kwonlyargs.items = take_list(p, &state.keyword_only, 0, state.keyword_only.count, &self->kwonlyargs.count);
    self->kw_defaults.items = take_list(p, &state.kw_defaults, 0, state.kw_defaults.count, &self->kw_defaults.count);
    self->defaults.items = take_list(p, &state.defaults, 0, state.defaults.count, &self->defaults.count);
    return p->failed ? NULL : self;
}
