/*
 * The match statement and its patterns. See parser.h.
 */
#include "compiler/parser.h"

static OuPattern *parse_as_pattern(OuParser *p);

static OuPattern *make_pattern(OuParser *p, OuPatternKind kind, OuSpan start) {
    OuPattern *self = p->failed ? NULL : ou_ast_pattern(p->arena, kind, ou_parser_span_from(p, start));
    return self != NULL ? self : ou_parser_nomatch(p);
}

/* ---- literals and values ------------------------------------------------------------------------ */

static OuExpr *parse_signed_number(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    bool negative = ou_parser_accept(p, OU_TOK_MINUS);
    if (p->failed || p->tok->kind != OU_TOK_NUMBER) { return ou_parser_nomatch(p); }
    OuExpr *number = ou_parse_number(p);
    if (!negative || number == NULL) { return number; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_UnaryOp, start);
    if (self != NULL) {
        self->as.UnaryOp.op = OU_UNARY_USub;
        self->as.UnaryOp.operand = number;
    }
    return self;
}

static bool is_imaginary(const OuExpr *expr) {
    return expr->kind == OU_EXPR_Constant && expr->as.Constant.value.kind == OU_CONST_IMAGINARY;
}

/* -1, 2.5, 3+4j */
static OuExpr *parse_number_value(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *left = parse_signed_number(p);
    if (left == NULL || (p->tok->kind != OU_TOK_PLUS && p->tok->kind != OU_TOK_MINUS)) { return left; }
    OuOperator op = p->tok->kind == OU_TOK_PLUS ? OU_OP_Add : OU_OP_Sub;
    const OuExpr *real = left->kind == OU_EXPR_UnaryOp ? left->as.UnaryOp.operand : left;
    ou_parser_advance(p);
    if (p->failed || p->tok->kind != OU_TOK_NUMBER) { return ou_parser_nomatch(p); }
    OuExpr *right = ou_parse_number(p);
    if (right == NULL) { return NULL; }
    if (is_imaginary(real)) {
        return ou_parser_raise(p, ou_parser_expr_span(left), "real number required in complex literal");
    }
    if (!is_imaginary(right)) {
        return ou_parser_raise(p, ou_parser_expr_span(right), "imaginary number required in complex literal");
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_BinOp, start);
    if (self != NULL) {
        self->as.BinOp.left = left;
        self->as.BinOp.op = op;
        self->as.BinOp.right = right;
    }
    return self;
}

static OuPattern *make_value(OuParser *p, OuSpan start, OuExpr *value) {
    OuPattern *self = value == NULL ? ou_parser_nomatch(p) : make_pattern(p, OU_PATTERN_MatchValue, start);
    if (self != NULL) { self->as.MatchValue.value = value; }
    return self;
}

static OuConstKind singleton_kind(OuTokenKind kind) {
    return kind == OU_TOK_None ? OU_CONST_NONE : kind == OU_TOK_True ? OU_CONST_TRUE : OU_CONST_FALSE;
}

static OuPattern *parse_singleton(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuConstKind kind = singleton_kind((OuTokenKind)p->tok->kind);
    ou_parser_advance(p);
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchSingleton, start);
    if (self != NULL) { self->as.MatchSingleton.value = kind; }
    return self;
}

/* name or a.b.c */
static OuExpr *parse_name_or_attribute(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuIdent *id = p->tok->ident;
    if (!ou_parser_expect(p, OU_TOK_NAME)) { return NULL; }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Name, start);
    if (self != NULL) { self->as.Name.id = id; }
    while (self != NULL && p->tok->kind == OU_TOK_DOT) {
        OuExpr *value = self;
        ou_parser_advance(p);
        OuIdent *attr = p->tok->ident;
        if (p->failed || !ou_parser_expect(p, OU_TOK_NAME)) { return ou_parser_nomatch(p); }
        self = ou_parser_expr(p, OU_EXPR_Attribute, start);
        if (self != NULL) {
            self->as.Attribute.value = value;
            self->as.Attribute.attr = attr;
        }
    }
    return self;
}

/* ---- class patterns --------------------------------------------------------------------------- */

typedef struct ClassParts {
    OuArenaVec patterns;
    OuArenaVec names;
    OuArenaVec kwd_patterns;
} ClassParts;

static bool parse_class_argument(OuParser *p, ClassParts *parts) {
    bool is_keyword = p->tok->kind == OU_TOK_NAME && ou_parser_token(p, p->pos + 1)->kind == OU_TOK_EQUAL;
    if (p->failed) { return false; }
    if (is_keyword) {
        OuIdent *name = p->tok->ident;
        ou_parser_seek(p, p->pos + 2);
        OuPattern *value = p->failed ? NULL : parse_as_pattern(p);
        return value != NULL && ou_arena_push(p->arena, &parts->names, name) &&
               ou_arena_push(p->arena, &parts->kwd_patterns, value);
    }
    OuPattern *value = parse_as_pattern(p);
    if (value != NULL && parts->names.count > 0) {
        if (p->diagnose) {
            OuSpan at = {value->line, value->col, value->end_line, value->end_col};
            ou_parser_raise(p, at, "positional patterns follow keyword patterns");
        }
        p->failed = true;
        return false;
    }
    return value != NULL && ou_arena_push(p->arena, &parts->patterns, value);
}

static void *take_items(OuParser *p, const OuArenaVec *list, uint32_t *count) {
    uint32_t mark = p->scratch.count;
    for (uint32_t i = 0; i < list->count; i++) { ou_parser_push(p, list->items[i]); }
    return ou_parser_take(p, mark, count);
}

static OuPattern *parse_class_pattern(OuParser *p, OuSpan start, OuExpr *cls) {
    ClassParts parts = {0};
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RPAR) {
        if (!parse_class_argument(p, &parts)) { return ou_parser_nomatch(p); }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RPAR)) { return NULL; }
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchClass, start);
    if (self == NULL) { return NULL; }
    self->as.MatchClass.cls = cls;
    self->as.MatchClass.patterns.items = take_items(p, &parts.patterns, &self->as.MatchClass.patterns.count);
    self->as.MatchClass.kwd_attrs.items = take_items(p, &parts.names, &self->as.MatchClass.kwd_attrs.count);
    self->as.MatchClass.kwd_patterns.items =
        take_items(p, &parts.kwd_patterns, &self->as.MatchClass.kwd_patterns.count);
    return p->failed ? NULL : self;
}

static OuPattern *parse_name_pattern(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *name = parse_name_or_attribute(p);
    if (name == NULL) { return NULL; }
    if (p->tok->kind == OU_TOK_LPAR) { return parse_class_pattern(p, start, name); }
    if (name->kind == OU_EXPR_Attribute) { return make_value(p, start, name); }
    if (p->tok->kind == OU_TOK_EQUAL) { return ou_parser_nomatch(p); }
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchAs, start);
    if (self != NULL && name->as.Name.id != p->soft_underscore) { self->as.MatchAs.name = name->as.Name.id; }
    return self;
}

/* ---- sequences and mappings ----------------------------------------------------------------------- */

static OuPattern *parse_star_pattern(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    if (!ou_parser_accept(p, OU_TOK_STAR)) { return p->failed ? NULL : parse_as_pattern(p); }
    OuIdent *name = p->tok->ident;
    if (!ou_parser_expect(p, OU_TOK_NAME)) { return NULL; }
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchStar, start);
    if (self != NULL && name != p->soft_underscore) { self->as.MatchStar.name = name; }
    return self;
}

static OuPattern *finish_sequence(OuParser *p, OuSpan start, uint32_t mark) {
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchSequence, start);
    if (self != NULL) {
        self->as.MatchSequence.patterns.items = ou_parser_take(p, mark, &self->as.MatchSequence.patterns.count);
    }
    return p->failed ? NULL : self;
}

/* Items up to `close`, which is taken; *commas says whether there was any. */
static bool parse_pattern_items(OuParser *p, OuTokenKind close, bool *commas) {
    while (!p->failed && p->tok->kind != close) {
        OuPattern *item = parse_star_pattern(p);
        if (item == NULL || !ou_parser_push(p, item)) { return false; }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
        *commas = true;
    }
    return !p->failed && ou_parser_expect(p, close);
}

static OuPattern *parse_bracket_pattern(OuParser *p, OuTokenKind close) {
    OuSpan start = ou_parser_here(p);
    uint32_t mark = p->scratch.count;
    bool commas = false;
    ou_parser_advance(p);
    if (p->failed || !parse_pattern_items(p, close, &commas)) { return ou_parser_nomatch(p); }
    if (close == OU_TOK_RPAR && !commas && p->scratch.count == mark + 1) {
        OuPattern *only = p->scratch.items[mark];
        p->scratch.count = mark;
        return only->kind == OU_PATTERN_MatchStar ? ou_parser_nomatch(p) : only;
    }
    return finish_sequence(p, start, mark);
}

static OuExpr *parse_mapping_key(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *self;
    switch (p->tok->kind) {
    case OU_TOK_MINUS:
    case OU_TOK_NUMBER: return parse_number_value(p);
    case OU_TOK_STRING: return ou_parse_strings(p);
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False: {
        OuConstKind kind = singleton_kind((OuTokenKind)p->tok->kind);
        ou_parser_advance(p);
        self = ou_parser_expr(p, OU_EXPR_Constant, start);
        if (self != NULL) { self->as.Constant.value.kind = kind; }
        return self;
    }
    case OU_TOK_NAME:
        self = parse_name_or_attribute(p);
        return self != NULL && self->kind == OU_EXPR_Attribute ? self : ou_parser_nomatch(p);
    default: return ou_parser_nomatch(p);
    }
}

static OuPattern *parse_mapping(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuArenaVec keys = {0}, values = {0};
    OuIdent *rest = NULL;
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RBRACE && rest == NULL) {
        if (ou_parser_accept(p, OU_TOK_DOUBLESTAR)) {
            rest = p->tok->ident;
            if (p->tok->kind != OU_TOK_NAME || rest == p->soft_underscore) { return ou_parser_nomatch(p); }
            ou_parser_advance(p);
        } else {
            OuExpr *key = parse_mapping_key(p);
            OuPattern *value = key != NULL && ou_parser_expect(p, OU_TOK_COLON) ? parse_as_pattern(p) : NULL;
            if (value == NULL || !ou_arena_push(p->arena, &keys, key) || !ou_arena_push(p->arena, &values, value)) {
                return ou_parser_nomatch(p);
            }
        }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchMapping, start);
    if (self == NULL) { return NULL; }
    self->as.MatchMapping.keys.items = take_items(p, &keys, &self->as.MatchMapping.keys.count);
    self->as.MatchMapping.patterns.items = take_items(p, &values, &self->as.MatchMapping.patterns.count);
    self->as.MatchMapping.rest = rest;
    return p->failed ? NULL : self;
}

/* ---- or, as --------------------------------------------------------------------------------------- */

static OuPattern *parse_closed(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    switch (p->tok->kind) {
    case OU_TOK_MINUS:
    case OU_TOK_NUMBER: return make_value(p, start, parse_number_value(p));
    case OU_TOK_STRING: return make_value(p, start, ou_parse_strings(p));
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False: return parse_singleton(p);
    case OU_TOK_NAME: return parse_name_pattern(p);
    case OU_TOK_LPAR: return parse_bracket_pattern(p, OU_TOK_RPAR);
    case OU_TOK_LSQB: return parse_bracket_pattern(p, OU_TOK_RSQB);
    case OU_TOK_LBRACE: return parse_mapping(p);
    default: return ou_parser_nomatch(p);
    }
}

static OuPattern *parse_or_pattern(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuPattern *first = parse_closed(p);
    if (first == NULL || p->tok->kind != OU_TOK_VBAR) { return first; }
    uint32_t mark = p->scratch.count;
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_VBAR)) {
        OuPattern *next = parse_closed(p);
        if (next == NULL || !ou_parser_push(p, next)) { return ou_parser_nomatch(p); }
    }
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchOr, start);
    if (self != NULL) { self->as.MatchOr.patterns.items = ou_parser_take(p, mark, &self->as.MatchOr.patterns.count); }
    return p->failed ? NULL : self;
}

static OuPattern *finish_as(OuParser *p, OuSpan start, OuPattern *pattern) {
    const OuToken *name = p->tok;
    if (name->kind != OU_TOK_NAME || name->ident == p->soft_underscore) {
        if (p->diagnose && name->kind == OU_TOK_NAME) {
            ou_parser_raise_token(p, name, "cannot use '_' as a target");
        } else if (p->diagnose && ou_parse_starts_expression(name)) {
            OuExpr *target = ou_parse_expression(p);
            if (target != NULL) { ou_parser_raise(p, ou_parser_expr_span(target), "invalid pattern target"); }
        }
        return ou_parser_nomatch(p);
    }
    ou_parser_advance(p);
    OuPattern *self = make_pattern(p, OU_PATTERN_MatchAs, start);
    if (self != NULL) {
        self->as.MatchAs.pattern = pattern;
        self->as.MatchAs.name = name->ident;
    }
    return self;
}

static OuPattern *parse_as_pattern(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    if (p->failed || !ou_parser_enter(p)) { return NULL; }
    OuPattern *self = parse_or_pattern(p);
    if (self != NULL && ou_parser_accept(p, OU_TOK_as)) { self = finish_as(p, start, self); }
    ou_parser_leave(p);
    return p->failed ? NULL : self;
}

OuPattern *ou_parse_patterns(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuPattern *first = parse_star_pattern(p);
    if (first == NULL || (p->tok->kind != OU_TOK_COMMA && first->kind != OU_PATTERN_MatchStar)) { return first; }
    uint32_t mark = p->scratch.count;
    ou_parser_push(p, first);
    if (p->tok->kind != OU_TOK_COMMA) { return ou_parser_nomatch(p); }
    while (ou_parser_accept(p, OU_TOK_COMMA)) {
        if (p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_if) { break; }
        OuPattern *item = parse_star_pattern(p);
        if (item == NULL || !ou_parser_push(p, item)) { return ou_parser_nomatch(p); }
    }
    return p->failed ? NULL : finish_sequence(p, start, mark);
}

/* ---- the statement ------------------------------------------------------------------------------ */

static OuExpr *parse_subject(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    OuExpr *first = ou_parse_star_named(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) {
        return first != NULL && first->kind == OU_EXPR_Starred ? ou_parser_nomatch(p) : first;
    }
    uint32_t mark = p->scratch.count;
    bool binds = first->binds;
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_COMMA)) {
        if (!(p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok))) { break; }
        OuExpr *item = ou_parse_star_named(p);
        if (item == NULL || !ou_parser_push(p, item)) { return ou_parser_nomatch(p); }
        binds = binds || item->binds;
    }
    OuExpr *self = ou_parser_expr(p, OU_EXPR_Tuple, start);
    if (self != NULL) {
        self->as.Tuple.elts.items = ou_parser_take(p, mark, &self->as.Tuple.elts.count);
        self->binds = binds;
    }
    return p->failed ? NULL : self;
}

static OuMatchCase *parse_case(OuParser *p) {
    uint32_t line = p->tok->line;
    OuMatchCase *self = ou_parser_new(p, sizeof *self);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    self->pattern = ou_parse_patterns(p);
    if (self->pattern != NULL && ou_parser_accept(p, OU_TOK_if)) { self->guard = ou_parse_named(p); }
    if (!p->failed && p->diagnose && p->tok->kind == OU_TOK_NEWLINE) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "expected ':'");
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_COLON) || !ou_parse_block(p, &self->body, "'case' statement", line)) {
        return ou_parser_nomatch(p);
    }
    return self;
}

static OuStmt *parse_cases(OuParser *p, OuSpan start, OuExpr *subject) {
    uint32_t mark = p->scratch.count;
    OuMatchCase *last = NULL;
    while (!p->failed && ou_parser_is_soft(p, p->soft_case)) {
        last = parse_case(p);
        if (last == NULL || !ou_parser_push(p, last)) { return ou_parser_nomatch(p); }
    }
    if (p->failed || last == NULL || !ou_parser_expect(p, OU_TOK_DEDENT)) { return ou_parser_nomatch(p); }
    const OuStmt *end = last->body.items[last->body.count - 1];
    start.end_line = end->end_line;
    start.end_col = end->end_col;
    OuStmt *self = ou_ast_stmt(p->arena, OU_STMT_Match, start);
    if (self == NULL) { return ou_parser_nomatch(p); }
    self->as.Match.subject = subject;
    self->as.Match.cases.items = ou_parser_take(p, mark, &self->as.Match.cases.count);
    return p->failed ? NULL : self;
}

/* `match` is a name unless a subject, a colon and an indented `case` follow. */
OuStmt *ou_parse_match(OuParser *p) {
    OuSpan start = ou_parser_here(p);
    uint32_t line = p->tok->line;
    OuParseMark mark = ou_parser_mark(p);
    ou_parser_advance(p);
    if (p->failed) { return NULL; }
    OuExpr *subject = p->tok->kind == OU_TOK_STAR || ou_parse_starts_expression(p->tok) ? parse_subject(p) : NULL;
    if (subject != NULL && p->diagnose && p->tok->kind == OU_TOK_NEWLINE) {
        return ou_parser_raise_last(p, OU_ERR_SYNTAX, "expected ':'");
    }
    if (subject != NULL && ou_parser_accept(p, OU_TOK_COLON) && ou_parser_accept(p, OU_TOK_NEWLINE)) {
        if (p->tok->kind != OU_TOK_INDENT) {
            return p->diagnose ? ou_parser_raise_last(p, OU_ERR_INDENTATION,
                                                      "expected an indented block "
                                                      "after 'match' statement on line %u",
                                                      (unsigned)line)
                               : ou_parser_nomatch(p);
        }
        ou_parser_advance(p);
        return p->failed ? NULL : parse_cases(p, start, subject);
    }
    if (ou_parser_recover(p)) { ou_parser_rewind(p, mark); }
    return NULL;
}
