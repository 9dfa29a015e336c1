/*
 * Atoms (names, literals, displays, comprehensions) and what is written behind them: attributes,
 * subscripts, calls. Chains of these are built in a loop. See parser.h.
 */
#include "compiler/parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---------------------------------------------------------------------------------- */

static bool set_integer(OuParser *p, OuConst *value, char *digits, size_t len, int base) {
    while (len > 1 && digits[0] == '0') {
        digits++;
        len--;
    }
    errno = 0;
    char *end;
    long long number = strtoll(digits, &end, base);
    if (errno == 0) {
        value->kind = OU_CONST_INT;
        value->as.integer = number;
        return true;
    }
    if (base == 10 && len > 4300) {
        ou_parser_raise_token(p, p->tok,
                              "Exceeds the limit (4300 digits) for integer string conversion: "
                              "value has %zu digits; use sys.set_int_max_str_digits() to increase the "
                              "limit - Consider hexadecimal for huge integer literals to avoid decimal "
                              "conversion limits.",
                              len);
        return false;
    }
    value->kind = OU_CONST_BIGINT;
    value->as.big.digits = digits;
    value->as.big.len = (uint32_t)len;
    value->as.big.base = (uint8_t)base;
    return true;
}

OuExpr *ou_parse_number(OuParser *p) {
    const OuToken *token = p->tok;
    const char *text = p->source->text + token->start;
    size_t size = token->end - token->start;
    char *clean = ou_parser_new(p, size + 1);
    OuExpr *self = ou_ast_expr(p->arena, OU_EXPR_Constant, ou_parser_token_span(token));
    if (clean == NULL || self == NULL) { return ou_parser_nomatch(p); }
    size_t len = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] != '_') { clean[len++] = text[i]; }
    }
    OuConst *value = &self->as.Constant.value;
    char marker = len > 1 && clean[0] == '0' ? (char)(clean[1] | 0x20) : '\0';
    int base = marker == 'x' ? 16 : marker == 'o' ? 8 : marker == 'b' ? 2 : 10;
    bool is_imaginary = base == 10 && (clean[len - 1] | 0x20) == 'j';
    if (is_imaginary || (base == 10 && strpbrk(clean, ".eE") != NULL)) {
        value->kind = is_imaginary ? OU_CONST_IMAGINARY : OU_CONST_FLOAT;
        clean[len - is_imaginary] = '\0';
        value->as.number = strtod(clean, NULL); /* C locale: the VM never sets another */
    } else {
        size_t prefix = base == 10 ? 0 : 2;
        if (!set_integer(p, value, clean + prefix, len - prefix, base)) { return NULL; }
    }
    ou_parser_advance(p);
    return p->failed ? NULL : self;
}

/* ---- comprehensions --------------------------------------------------------------------------- */

bool ou_parse_at_for(const OuParser *p) { return p->tok->kind == OU_TOK_for || p->tok->kind == OU_TOK_async; }

static OuComprehension *parse_for_clause(OuParser *p, bool *binds) {
    OuComprehension *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return NULL; }
    self->is_async = p->tok->kind == OU_TOK_async;
    if (self->is_async) {
        ou_parser_advance(p);
        *binds = true;
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_for)) { return NULL; }
    self->target = ou_parse_for_targets(p);
    if (self->target == NULL || !ou_parser_expect(p, OU_TOK_in)) { return NULL; }
    self->iter = ou_parse_disjunction(p);
    if (self->iter == NULL) { return NULL; }
    *binds = *binds || self->iter->binds || self->target->binds;
    uint32_t mark = p->scratch.count;
    while (!p->failed && p->tok->kind == OU_TOK_if) {
        ou_parser_advance(p);
        OuExpr *test = ou_parse_disjunction(p);
        if (test == NULL || !ou_parser_push(p, test)) { return NULL; }
        *binds = *binds || test->binds;
    }
    self->ifs.items = ou_parser_take(p, mark, &self->ifs.count);
    return p->failed ? NULL : self;
}

bool ou_parse_for_clauses(OuParser *p, OuComprehensionSeq *clauses, bool *binds) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && (ou_parse_at_for(p) || p->scratch.count == mark)) {
        OuComprehension *clause = parse_for_clause(p, binds);
        if (clause == NULL || !ou_parser_push(p, clause)) {
            p->failed = true;
            return false;
        }
    }
    clauses->items = ou_parser_take(p, mark, &clauses->count);
    return !p->failed;
}

/* The comprehension whose element was just parsed; `close` ends it. */
static OuExpr *finish_comprehension(OuParser *p, OuExprKind kind, OuSpan start, OuExpr *elt, OuTokenKind close) {
    OuComprehensionSeq clauses = {0};
    bool binds = elt->binds;
    if (!ou_parse_for_clauses(p, &clauses, &binds)) { return NULL; }
    if (elt->kind == OU_EXPR_Starred) {
        if (p->diagnose) {
            ou_parser_raise(p, ou_parser_expr_span(elt), "iterable unpacking cannot be used in comprehension");
        }
        return ou_parser_nomatch(p);
    }
    OuSpan at = ou_parser_here(p);
    at.end_col += close == OU_TOK_END;
    if (p->tok->kind != close) { return ou_parser_nomatch(p); }
    if (close != OU_TOK_END) { ou_parser_advance(p); }
    OuExpr *self = ou_parser_expr(p, kind, start);
    if (self != NULL) {
        self->end_line = at.end_line;
        self->end_col = at.end_col;
        self->as.ListComp.elt = elt; /* the four kinds begin alike */
        self->as.ListComp.generators = clauses;
        self->binds = binds;
    }
    return self;
}

/* `[a, b for ...]` */
static void diagnose_target_parentheses(OuParser *p, OuExpr *first, const OuExpr *last) {
    OuParseMark mark = ou_parser_mark(p);
    OuSpan at = {first->line, first->col, last->end_line, last->end_col};
    const OuToken *comma = ou_parser_token(p, p->pos - 1);
    if (comma->kind == OU_TOK_COMMA && last == first) {
        at.end_line = comma->end_line;
        at.end_col = comma->end_col;
    }
    OuComprehensionSeq clauses;
    bool binds = false;
    if (ou_parse_for_clauses(p, &clauses, &binds)) {
        ou_parser_raise(p, at, "did you forget parentheses around the comprehension target?");
        return;
    }
    ou_parser_rewind(p, mark);
}

/* ---- displays --------------------------------------------------------------------------------- */

static bool at_item(const OuParser *p) { return p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok); }

/* The rest of `first, ...` up to `close` (not past it); everything is pushed on scratch. */
static bool parse_items(OuParser *p, OuExpr *first, bool *binds, bool in_brackets) {
    ou_parser_push(p, first);
    *binds = first->binds;
    OuExpr *last = first;
    while (!p->failed && p->tok->kind == OU_TOK_COMMA) {
        ou_parser_advance(p);
        if (p->failed || !at_item(p)) { break; }
        last = ou_parse_star_named(p);
        if (last == NULL || !ou_parser_push(p, last)) { return false; }
        *binds = *binds || last->binds;
    }
    if (!p->failed && p->diagnose && in_brackets && ou_parse_at_for(p)) { diagnose_target_parentheses(p, first, last); }
    return !p->failed;
}

static OuExpr *parse_list(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    uint32_t mark = p->scratch.count;
    bool binds = false;
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    if (p->tok->kind != OU_TOK_RSQB) {
        OuExpr *first = ou_parse_star_named(p);
        if (first == NULL) { return NULL; }
        if (ou_parse_at_for(p)) { return finish_comprehension(p, OU_EXPR_ListComp, start, first, OU_TOK_RSQB); }
        if (!parse_items(p, first, &binds, true)) { return NULL; }
    }
    if (!ou_parser_expect(p, OU_TOK_RSQB)) { return NULL; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_List, start);
    if (self != NULL) {
        self->as.List.elts.items = ou_parser_take(p, mark, &self->as.List.elts.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

static void *diagnose_bad_group(OuParser *p, OuSpan at, const char *message) {
    return p->diagnose && p->err->kind == OU_ERR_NONE ? ou_parser_raise(p, at, "%s", message) : ou_parser_nomatch(p);
}

static OuExpr *diagnose_double_star(OuParser *p) {
    OuSpan at = ou_parser_here(p);
    if (p->diagnose) {
        ou_parser_advance(p);
        if (ou_parse_expression(p) != NULL && p->tok->kind == OU_TOK_RPAR) {
            return diagnose_bad_group(p, at, "cannot use double starred expression here");
        }
    }
    return ou_parser_nomatch(p);
}

OuExpr *ou_parse_parenthesized(OuParser *p, OuSpan start, OuTokenKind close) {
    uint32_t mark = p->scratch.count;
    OuExpr *first = NULL;
    bool binds = false;
    bool is_tuple = p->tok->kind == close;
    if (p->tok->kind == OU_TOK_DOUBLESTAR) { return diagnose_double_star(p); }
    if (!is_tuple) {
        bool is_yield = p->tok->kind == OU_TOK_yield;
        first = is_yield ? ou_parse_yield(p) : ou_parse_star_named(p);
        if (first == NULL) { return NULL; }
        if (!is_yield && ou_parse_at_for(p)) {
            return finish_comprehension(p, OU_EXPR_GeneratorExp, start, first, close);
        }
        if (!is_yield && p->tok->kind == OU_TOK_COMMA) {
            is_tuple = true;
            if (!parse_items(p, first, &binds, false)) { return NULL; }
        }
    }
    OuSpan at = ou_parser_here(p);
    at.end_col += close == OU_TOK_END;
    if (p->tok->kind != close) { return ou_parser_nomatch(p); }
    if (close != OU_TOK_END) { ou_parser_advance(p); }
    if (p->failed) { return NULL; }
    if (!is_tuple) {
        if (first->kind == OU_EXPR_Starred) {
            return diagnose_bad_group(p, ou_parser_expr_span(first), "cannot use starred expression here");
        }
        first->parenthesized = true;
        return first;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Tuple, start);
    if (self != NULL) {
        self->end_line = at.end_line;
        self->end_col = at.end_col;
        self->as.Tuple.elts.items = ou_parser_take(p, mark, &self->as.Tuple.elts.count);
        self->binds = binds;
        self->parenthesized = true;
    }
    return p->failed ? NULL : self;
}

/* ---- dicts and sets ----------------------------------------------------------------------------- */

/* Behind the key of a pair whose ':' or value is wrong. */
static void diagnose_pair(OuParser *p, const OuExpr *key) {
    if (p->err->kind != OU_ERR_NONE) { return; }
    if (p->tok->kind != OU_TOK_COLON) {
        OuSpan at = {key->end_line, key->end_col, key->end_line, key->end_col};
        at.col--;
        ou_parser_raise(p, at, "':' expected after dictionary key");
        if (p->err->end_line == (int)key->end_line) { p->err->end_col = p->in_field ? p->err->end_col : 0; }
        return;
    }
    const OuToken *colon = p->tok;
    ou_parser_advance(p);
    if (p->failed) { return; }
    if (p->tok->kind == OU_TOK_STAR) {
        OuSpan at = ou_parser_here(p);
        ou_parser_advance(p);
        OuExpr *value = ou_parse_bitwise_or(p);
        if (value != NULL) {
            at.end_line = value->end_line;
            at.end_col = value->end_col;
            ou_parser_raise(p, at, "cannot use a starred expression in a dictionary value");
        }
    } else if (p->tok->kind == OU_TOK_RBRACE || p->tok->kind == OU_TOK_COMMA) {
        ou_parser_raise_token(p, colon, "expression expected after dictionary key and ':'");
    }
}

typedef struct DictParts {
    OuArenaVec keys;
    OuArenaVec values;
    bool binds;
} DictParts;

static bool add_pair(OuParser *p, DictParts *parts, OuExpr *key, OuExpr *value) {
    parts->binds = parts->binds || ou_expr_binds(key) || value->binds;
    if (!ou_arena_push(p->arena, &parts->keys, key) || !ou_arena_push(p->arena, &parts->values, value)) {
        p->failed = true;
    }
    return !p->failed;
}

static bool parse_pair(OuParser *p, DictParts *parts) {
    if (p->tok->kind == OU_TOK_DOUBLESTAR) {
        ou_parser_advance(p);
        OuExpr *value = ou_parse_bitwise_or(p);
        return value != NULL && add_pair(p, parts, NULL, value);
    }
    OuExpr *key = ou_parse_expression(p);
    if (key == NULL) { return false; }
    OuParseMark at_colon = ou_parser_mark(p);
    OuExpr *value = NULL;
    if (p->tok->kind == OU_TOK_COLON) {
        ou_parser_advance(p);
        value = p->failed ? NULL : ou_parse_expression(p);
    }
    if (value == NULL) {
        if (p->diagnose && ou_parser_recover(p)) {
            ou_parser_rewind(p, at_colon);
            diagnose_pair(p, key);
        }
        p->failed = true;
        return false;
    }
    return add_pair(p, parts, key, value);
}

static OuExpr *finish_dict(OuParser *p, OuSpan start, DictParts *parts) {
    if (!ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Dict, start);
    if (self == NULL) { return NULL; }
    uint32_t mark = p->scratch.count;
    for (uint32_t i = 0; i < parts->keys.count; i++) { ou_parser_push(p, parts->keys.items[i]); }
    self->as.Dict.keys.items = ou_parser_take(p, mark, &self->as.Dict.keys.count);
    for (uint32_t i = 0; i < parts->values.count; i++) { ou_parser_push(p, parts->values.items[i]); }
    self->as.Dict.values.items = ou_parser_take(p, mark, &self->as.Dict.values.count);
    self->binds = parts->binds;
    return p->failed ? NULL : self;
}

/* `{**a for ...}` */
static void diagnose_unpacking_comprehension(OuParser *p, OuSpan star) {
    if (p->diagnose && ou_parse_at_for(p)) {
        OuComprehensionSeq clauses;
        bool binds = false;
        if (ou_parse_for_clauses(p, &clauses, &binds) && p->tok->kind == OU_TOK_RBRACE) {
            ou_parser_raise(p, star, "dict unpacking cannot be used in dict comprehension");
        }
        p->failed = true;
    }
}

static OuExpr *parse_dict(OuParser *p, OuSpan start) {
    DictParts parts = {0};
    OuSpan star = ou_parser_here(p);
    bool starts_with_star = p->tok->kind == OU_TOK_DOUBLESTAR;
    if (p->tok->kind != OU_TOK_RBRACE) {
        if (!parse_pair(p, &parts)) { return NULL; }
        if (starts_with_star) {
            diagnose_unpacking_comprehension(p, star);
        } else if (ou_parse_at_for(p)) {
            OuExpr *value = parts.values.items[0];
            OuExpr *self = finish_comprehension(p, OU_EXPR_DictComp, start, parts.keys.items[0], OU_TOK_RBRACE);
            if (self != NULL) {
                self->as.DictComp.value = value;
                self->binds = self->binds || value->binds;
            }
            return self;
        }
        while (!p->failed && p->tok->kind == OU_TOK_COMMA) {
            ou_parser_advance(p);
            if (p->failed || p->tok->kind == OU_TOK_RBRACE) { break; }
            if (!parse_pair(p, &parts)) { return NULL; }
        }
    }
    return p->failed ? NULL : finish_dict(p, start, &parts);
}

static OuExpr *parse_set(OuParser *p, OuSpan start, OuExpr *first) {
    uint32_t mark = p->scratch.count;
    bool binds = false;
    if (!parse_items(p, first, &binds, true) || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Set, start);
    if (self != NULL) {
        self->as.Set.elts.items = ou_parser_take(p, mark, &self->as.Set.elts.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

static OuExpr *parse_braces(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    if (p->tok->kind == OU_TOK_RBRACE || p->tok->kind == OU_TOK_DOUBLESTAR) { return parse_dict(p, start); }
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *first = ou_parse_star_named(p);
    if (first == NULL) { return NULL; }
    if (p->tok->kind == OU_TOK_COLON && first->kind != OU_EXPR_Starred) {
        if (first->kind == OU_EXPR_NamedExpr && !first->parenthesized) { return ou_parser_nomatch(p); }
        ou_parser_rewind(p, mark); /* seldom costly: keys are short */
        return p->failed ? NULL : parse_dict(p, start);
    }
    if (ou_parse_at_for(p)) { return finish_comprehension(p, OU_EXPR_SetComp, start, first, OU_TOK_RBRACE); }
    return parse_set(p, start, first);
}

/* ---- atoms ------------------------------------------------------------------------------------ */

static OuExpr *parse_constant(OuParser *p, OuConstKind kind) {
    OuSpan start = ou_parser_here(p);
    ou_parser_advance(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Constant, start);
    if (self != NULL) { self->as.Constant.value.kind = kind; }
    return self;
}

static OuExpr *parse_name(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuIdent *id = p->tok->ident;
    ou_parser_advance(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Name, start);
    if (self != NULL) { self->as.Name.id = id; }
    return self;
}

static OuExpr *parse_atom(OuParser *p) {
    OuSpan start;
    switch (p->tok->kind) {
    case OU_TOK_NAME: return parse_name(p);
    case OU_TOK_NUMBER: return ou_parse_number(p);
    case OU_TOK_STRING: return ou_parse_strings(p);
    case OU_TOK_None: return parse_constant(p, OU_CONST_NONE);
    case OU_TOK_True: return parse_constant(p, OU_CONST_TRUE);
    case OU_TOK_False: return parse_constant(p, OU_CONST_FALSE);
    case OU_TOK_ELLIPSIS: return parse_constant(p, OU_CONST_ELLIPSIS);
    case OU_TOK_LPAR:
        start = ou_parser_here(p);
        ou_parser_advance(p);
        return p->failed ? NULL : ou_parse_parenthesized(p, start, OU_TOK_RPAR);
    case OU_TOK_LSQB: return parse_list(p);
    case OU_TOK_LBRACE: return parse_braces(p);
    default: return ou_parser_nomatch(p);
    }
}

/* ---- subscripts ------------------------------------------------------------------------------- */

static bool ends_slice_part(const OuParser *p) {
    return p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_COMMA || p->tok->kind == OU_TOK_RSQB;
}

static OuExpr *parse_slice(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *parts[3] = {NULL, NULL, NULL};
    if (p->tok->kind == OU_TOK_STAR) { return ou_parse_star_named(p); }
    if (p->tok->kind != OU_TOK_COLON) {
        parts[0] = ou_parse_named(p);
        if (parts[0] == NULL || p->tok->kind != OU_TOK_COLON) { return parts[0]; }
        if (parts[0]->kind == OU_EXPR_NamedExpr && !parts[0]->parenthesized) { return ou_parser_nomatch(p); }
    }
    for (int i = 1; i < 3 && !p->failed && p->tok->kind == OU_TOK_COLON; i++) {
        ou_parser_advance(p);
        if (!p->failed && !ends_slice_part(p)) { parts[i] = ou_parse_expression(p); }
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Slice, start);
    if (self != NULL) {
        self->as.Slice.lower = parts[0];
        self->as.Slice.upper = parts[1];
        self->as.Slice.step = parts[2];
        self->binds = ou_expr_binds(parts[0]) || ou_expr_binds(parts[1]) || ou_expr_binds(parts[2]);
    }
    return self;
}

static OuExpr *parse_slices(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    uint32_t mark = p->scratch.count;
    OuExpr *first = parse_slice(p);
    if (first == NULL || (p->tok->kind != OU_TOK_COMMA && first->kind != OU_EXPR_Starred)) { return first; }
    bool binds = first->binds;
    ou_parser_push(p, first);
    while (!p->failed && p->tok->kind == OU_TOK_COMMA) {
        ou_parser_advance(p);
        if (p->failed || p->tok->kind == OU_TOK_RSQB) { break; }
        OuExpr *item = parse_slice(p);
        if (item == NULL || !ou_parser_push(p, item)) { return NULL; }
        binds = binds || item->binds;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Tuple, start);
    if (self != NULL) {
        self->as.Tuple.elts.items = ou_parser_take(p, mark, &self->as.Tuple.elts.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

static OuExpr *parse_subscript(OuParser *p, OuExpr *value) {
    ou_parser_advance(p);
    OuExpr *slice = p->failed ? NULL : parse_slices(p);
    if (slice == NULL || !ou_parser_expect(p, OU_TOK_RSQB)) { return ou_parser_nomatch(p); }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Subscript, ou_parser_expr_span(value));
    if (self != NULL) {
        self->as.Subscript.value = value;
        self->as.Subscript.slice = slice;
        self->binds = value->binds || slice->binds;
    }
    return self;
}

/* ---- primaries -------------------------------------------------------------------------------- */

static OuExpr *parse_attribute(OuParser *p, OuExpr *value, OuSpan start) {
    ou_parser_advance(p);
    if (p->failed || p->tok->kind != OU_TOK_NAME) { return ou_parser_nomatch(p); }
    OuIdent *attr = p->tok->ident;
    ou_parser_advance(p);
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Attribute, start);
    if (self != NULL) {
        self->as.Attribute.value = value;
        self->as.Attribute.attr = attr;
        self->binds = value->binds;
    }
    return self;
}

static OuExpr *parse_call(OuParser *p, OuExpr *func, OuSpan start) {
    OuExprSeq args = {0};
    OuKeywordSeq keywords = {0};
    bool binds = func->binds;
    if (!ou_parse_arguments(p, &args, &keywords, &binds)) { return NULL; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Call, start);
    if (self != NULL) {
        self->as.Call.func = func;
        self->as.Call.args = args;
        self->as.Call.keywords = keywords;
        self->binds = binds;
    }
    return self;
}

/* Spans begin at the first token, so that `(a).b` begins at the bracket. */
static OuExpr *parse_trailers(OuParser *p, OuExpr *self, OuSpan start) {
    for (uint32_t links = 0; self != NULL; links++) {
        if (links > OU_PARSE_MAX_CHAIN) { return ou_parser_raise_token(p, p->tok, "too many nested expressions"); }
        switch (p->tok->kind) {
        case OU_TOK_DOT: self = parse_attribute(p, self, start); break;
        case OU_TOK_LPAR: self = parse_call(p, self, start); break;
        case OU_TOK_LSQB: self = parse_subscript(p, self); break;
        default: return self;
        }
        if (self != NULL) {
            self->line = start.line;
            self->col = start.col;
        }
    }
    return NULL;
}

OuExpr *ou_parse_primary(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    bool is_await = p->tok->kind == OU_TOK_await;
    if (is_await) {
        ou_parser_advance(p);
        if (p->failed) { return NULL; }
    }
    OuSpan operand_start = ou_parser_here(p);
    OuExpr *value = parse_trailers(p, parse_atom(p), operand_start);
    if (!is_await || value == NULL) { return p->failed ? NULL : value; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Await, start);
    if (self != NULL) {
        self->as.Await.value = value;
        self->binds = true;
    }
    return self;
}
