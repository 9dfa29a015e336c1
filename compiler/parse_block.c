/* Compound statements: everything with a block, and the patterns of `match`. See parser.h. */
#include "compiler/parser.h"

/* The newline and the indentation of a block. */
static bool parse_indent(OuParser *p, const char *what, uint32_t line) {
    if (!ou_parser_expect(p, OU_TOK_NEWLINE)) { return false; }
    if (p->tok->kind != OU_TOK_INDENT && p->diagnose) {
        return ou_parser_raise_last(p, OU_ERR_INDENTATION, "expected an indented block after %s on line %u", what,
                                    (unsigned)line);
    }
    return ou_parser_expect(p, OU_TOK_INDENT);
}

static bool parse_indented(OuParser *p, const char *what, uint32_t line) {
    if (!parse_indent(p, what, line)) { return false; }
    while (!p->failed && p->tok->kind != OU_TOK_DEDENT && p->tok->kind != OU_TOK_END) {
        if (!ou_parse_statement(p)) { return false; }
    }
    return !p->failed && ou_parser_expect(p, OU_TOK_DEDENT);
}

/* What is behind the ':'. */
static bool parse_body(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    uint32_t mark = p->scratch.count;
    bool done = p->tok->kind == OU_TOK_NEWLINE ? parse_indented(p, what, line) : ou_parse_simple_statements(p);
    if (!done) { return ou_parser_nomatch(p); }
    *body = ou_take_stmts(p, mark);
    return !p->failed;
}

bool ou_parse_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    if (p->failed) { return false; }
    if (p->tok->kind == OU_TOK_NEWLINE) { return ou_parser_blame_last(p, "expected ':'"); }
    return ou_parser_expect(p, OU_TOK_COLON) && parse_body(p, body, what, line);
}

/* As ou_parse_block(), for a clause that cannot go on in another way: a missing ':' is named whatever stands there. */
static bool parse_forced_block(OuParser *p, OuStmtSeq *body, const char *what, uint32_t line) {
    return !p->failed && ou_parser_force(p, OU_TOK_COLON, ":") && parse_body(p, body, what, line);
}

/* `else` or `finally`, when it is there. */
static bool parse_last_clause(OuParser *p, OuTokenKind word, OuStmtSeq *body, const char *what) {
    uint32_t line = p->tok->at.line;
    return ou_parser_accept(p, word) ? parse_forced_block(p, body, what, line) : !p->failed;
}

static bool parse_else(OuParser *p, OuStmtSeq *orelse) {
    return parse_last_clause(p, OU_TOK_else, orelse, "'else' statement");
}

/* Each of these begins behind its keyword, which stood at `word`; `start` is that of `async`, if there is one. */

static OuStmt *parse_if_clause(OuParser *p, OuPosition start, const char *what) {
    OuStmtSeq body = {0};
    OuExpr *test = ou_parse_named(p);
    ou_parse_block(p, &body, what, start.line);
    return OU_BLOCK(p, If, start, .test = test, .body = body);
}

/* elif chains nest in the tree but are read in a loop: thousands of them are nothing unusual. */
static OuStmt *parse_if(OuParser *p, OuPosition start) {
    OuArenaVec chain = {0};
    OuStmt *self = parse_if_clause(p, start, "'if' statement");
    while (self != NULL && ou_parser_push_to(p, &chain, self)) {
        start = p->tok->at;
        if (!ou_parser_accept(p, OU_TOK_elif)) { break; }
        self = parse_if_clause(p, start, "'elif' statement");
    }
    if (self == NULL || !parse_else(p, &self->as.If.orelse)) { return ou_parser_nomatch(p); }
    for (uint32_t i = chain.count; i-- > 0;) {
        OuStmt *outer = chain.items[i];
        outer->at = ou_span_to(outer->at, p->last_stmt);
        if (i + 1 < chain.count) {
            ou_parser_push(p, chain.items[i + 1]);
            outer->as.If.orelse = ou_take_stmts(p, p->scratch.count - 1);
        }
    }
    return p->failed ? NULL : chain.items[0];
}

static OuStmt *parse_while(OuParser *p, OuPosition start) {
    OuStmtSeq body = {0}, orelse = {0};
    OuExpr *test = ou_parse_named(p);
    ou_parse_block(p, &body, "'while' statement", start.line);
    parse_else(p, &orelse);
    return OU_BLOCK(p, While, start, .test = test, .body = body, .orelse = orelse);
}

static OuStmt *parse_for(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind) {
    OuStmtSeq body = {0}, orelse = {0};
    OuExpr *target = ou_parse_for_targets(p);
    ou_parser_expect(p, OU_TOK_in);
    OuExpr *iter = ou_parse_star_expressions(p);
    ou_parse_block(p, &body, "'for' statement", word.line);
    parse_else(p, &orelse);
    return OU_BLOCK_OF(p, kind, For, start, .target = target, .iter = iter, .body = body, .orelse = orelse);
}

static OuExpr *parse_with_target(OuParser *p) {
    OuExpr *target = ou_parse_star_expression(p);
    if (target == NULL) { return NULL; }
    bool ends = p->tok->kind == OU_TOK_COMMA || p->tok->kind == OU_TOK_RPAR || p->tok->kind == OU_TOK_COLON;
    if (ends && p->diagnose && ou_parse_report_target(p, target, OU_TARGETS_STAR)) { return NULL; }
    return ou_parse_to_target(target, OU_CTX_STORE) ? target : ou_parser_nomatch(p);
}

static bool parse_with_item(OuParser *p) {
    OuWithItem *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return false; }
    self->context_expr = ou_parse_expression(p);
    if (self->context_expr != NULL && ou_parser_accept(p, OU_TOK_as)) { self->optional_vars = parse_with_target(p); }
    return ou_parser_push(p, self);
}

/* `(a as b, c):` -- false when the brackets turn out to belong to an expression. */
static bool parse_bracketed_items(OuParser *p, OuWithItemSeq *items) {
    uint32_t mark = p->scratch.count;
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RPAR) {
        if (!parse_with_item(p) || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || p->scratch.count == mark || !ou_parser_expect(p, OU_TOK_RPAR) || p->tok->kind != OU_TOK_COLON) {
        return false;
    }
    *items = ou_take_items(p, mark);
    return !p->failed;
}

static bool parse_with_items(OuParser *p, OuWithItemSeq *items) {
    if (p->tok->kind == OU_TOK_LPAR) {
        OuParseMark mark = ou_parser_mark(p);
        if (parse_bracketed_items(p, items)) { return true; }
        if (!ou_parser_recover(p)) { return false; }
        ou_parser_rewind(p, mark);
    }
    uint32_t mark = p->scratch.count;
    while (parse_with_item(p) && ou_parser_accept(p, OU_TOK_COMMA)) {}
    *items = ou_take_items(p, mark);
    return !p->failed;
}

static OuStmt *parse_with(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind) {
    OuWithItemSeq items = {0};
    OuStmtSeq body = {0};
    parse_with_items(p, &items);
    ou_parse_block(p, &body, "'with' statement", word.line);
    return OU_BLOCK_OF(p, kind, With, start, .items = items, .body = body);
}

/* `except A, B:` */
static void diagnose_exception_list(OuParser *p, const OuExpr *type) {
    if (!p->diagnose || p->tok->kind != OU_TOK_COMMA) { return; }
    OuParseMark mark = ou_parser_mark(p);
    bool fits = true;
    while (fits && ou_parser_accept(p, OU_TOK_COMMA)) {
        if (p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_as) { break; }
        fits = ou_parse_starts_expression(p->tok) && ou_parse_expression(p) != NULL;
    }
    OuPosition at = ou_parser_span_from(p, type->at);
    if (fits && ou_parser_accept(p, OU_TOK_as)) { fits = ou_parser_accept(p, OU_TOK_NAME); }
    if (fits && !p->failed && p->tok->kind == OU_TOK_COLON) {
        ou_parser_raise(p, at, "multiple exception types must be parenthesized");
        return;
    }
    ou_parser_rewind(p, mark);
}

static OuExceptHandler *parse_handler(OuParser *p, OuPosition start, bool is_star) {
    OuExceptHandler *self = ou_parser_new(p, sizeof *self);
    if (p->failed) { return NULL; }
    if (p->tok->kind != OU_TOK_COLON && p->tok->kind != OU_TOK_NEWLINE) {
        self->type = ou_parse_expression(p);
        if (self->type != NULL) { diagnose_exception_list(p, self->type); }
        if (!p->failed && ou_parser_accept(p, OU_TOK_as)) { self->name = ou_parser_ident(p); }
    } else if (is_star) {
        return ou_parser_blame_last(p, "expected one or more exception types");
    }
    if (!ou_parse_block(p, &self->body, is_star ? "'except*' statement" : "'except' statement", start.line)) {
        return NULL;
    }
    self->at = ou_span_to(start, p->last_stmt);
    return self;
}

static OuExceptHandlerSeq parse_handlers(OuParser *p, OuStmtKind *kind) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && p->tok->kind == OU_TOK_except) {
        bool is_first = p->scratch.count == mark;
        OuPosition word = ou_parser_advance(p);
        OuStmtKind here = ou_parser_accept(p, OU_TOK_STAR) ? OU_STMT_TryStar : OU_STMT_Try;
        OuExceptHandler *handler = parse_handler(p, word, here == OU_STMT_TryStar);
        if (handler != NULL && !is_first && here != *kind) {
            ou_parser_blame(p, word, "cannot have both 'except' and 'except*' on the same 'try'");
        }
        ou_parser_push(p, handler);
        *kind = here;
    }
    return ou_take_handlers(p, mark);
}

static OuStmt *parse_try(OuParser *p, OuPosition start) {
    OuStmtSeq body = {0}, orelse = {0}, finalbody = {0};
    OuStmtKind kind = OU_STMT_Try;
    if (!parse_forced_block(p, &body, "'try' statement", start.line)) { return NULL; }
    if (p->tok->kind != OU_TOK_except && p->tok->kind != OU_TOK_finally) {
        return ou_parser_blame_last(p, "expected 'except' or 'finally' block");
    }
    OuExceptHandlerSeq handlers = parse_handlers(p, &kind);
    if (handlers.count > 0) { parse_else(p, &orelse); }
    parse_last_clause(p, OU_TOK_finally, &finalbody, "'finally' statement");
    return OU_BLOCK_OF(p, kind, Try, start, .body = body, .handlers = handlers, .orelse = orelse,
                       .finalbody = finalbody);
}

static OuStmt *parse_function(OuParser *p, OuPosition start, OuPosition word, OuStmtKind kind, OuExprSeq decorators) {
    OuStmtSeq body = {0};
    OuIdent *name = ou_parser_ident(p);
    if (name == NULL || !ou_parser_force(p, OU_TOK_LPAR, "(")) { return NULL; }
    OuArguments *args = ou_parse_parameters(p, OU_TOK_RPAR);
    ou_parser_expect(p, OU_TOK_RPAR);
    OuExpr *returns = ou_parser_accept(p, OU_TOK_RARROW) ? ou_parse_expression(p) : NULL;
    parse_forced_block(p, &body, "function definition", word.line);
    return OU_BLOCK_OF(p, kind, FunctionDef, start, .name = name, .args = args, .body = body,
                       .decorator_list = decorators, .returns = returns);
}

/* Base classes are call arguments, but a bare generator expression is none. */
static bool parse_bases(OuParser *p, OuExprSeq *bases, OuKeywordSeq *keywords) {
    if (!ou_parse_arguments(p, bases, keywords)) { return false; }
    const OuExpr *first = bases->count == 1 ? bases->items[0] : NULL;
    if (first == NULL || first->kind != OU_EXPR_GeneratorExp || first->parenthesized) { return true; }
    if (!p->diagnose) {
        /* go back to where the `for` is, so that the error points there */
        OuPosition elt = first->as.GeneratorExp.elt->at;
        OuPosition at = {elt.end_line, elt.end_column + 1, elt.end_line, elt.end_column + 4};
        ou_parser_raise(p, at, "invalid syntax");
    }
    return ou_parser_nomatch(p);
}

static OuStmt *parse_class(OuParser *p, OuPosition start, OuExprSeq decorators) {
    OuExprSeq bases = {0};
    OuKeywordSeq keywords = {0};
    OuStmtSeq body = {0};
    OuIdent *name = ou_parser_ident(p);
    if (name == NULL || (p->tok->kind == OU_TOK_LPAR && !parse_bases(p, &bases, &keywords)) ||
        !ou_parse_block(p, &body, "class definition", start.line)) {
        return NULL;
    }
    return OU_BLOCK(p, ClassDef, start, .name = name, .bases = bases, .keywords = keywords, .body = body,
                    .decorator_list = decorators);
}

static OuExprSeq parse_decorators(OuParser *p) {
    uint32_t mark = p->scratch.count;
    while (ou_parser_accept(p, OU_TOK_AT)) {
        ou_parser_push(p, ou_parse_named(p));
        if (p->failed || !ou_parser_expect(p, OU_TOK_NEWLINE)) { break; }
    }
    return ou_take_exprs(p, mark);
}

/* --- match --------------------------------------------------------------------------------------------------------- */

static OuPattern *parse_as_pattern(OuParser *p);

static OuExpr *parse_plain_number(OuParser *p) {
    return p->tok->kind == OU_TOK_NUMBER ? ou_parse_number(p) : ou_parser_nomatch(p);
}

static OuExpr *parse_signed_number(OuParser *p) {
    OuPosition start = p->tok->at;
    if (!ou_parser_accept(p, OU_TOK_MINUS)) { return parse_plain_number(p); }
    OuExpr *number = parse_plain_number(p);
    return OU_EXPR(p, UnaryOp, start, .op = OU_UNARY_USub, .operand = number);
}

/* -1, 2.5, 3+4j */
static OuExpr *parse_number_value(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *left = parse_signed_number(p);
    if (left == NULL || (p->tok->kind != OU_TOK_PLUS && p->tok->kind != OU_TOK_MINUS)) { return left; }
    OuOperator op = p->tok->kind == OU_TOK_PLUS ? OU_OP_Add : OU_OP_Sub;
    const OuExpr *real = left->kind == OU_EXPR_UnaryOp ? left->as.UnaryOp.operand : left;
    ou_parser_advance(p);
    OuExpr *right = parse_plain_number(p);
    if (right == NULL) { return NULL; }
    if (real->as.Constant.is_imaginary) {
        return ou_parser_raise(p, left->at, "real number required in complex literal");
    }
    if (!right->as.Constant.is_imaginary) {
        return ou_parser_raise(p, right->at, "imaginary number required in complex literal");
    }
    return OU_EXPR(p, BinOp, start, .left = left, .op = op, .right = right);
}

/* name or a.b.c */
static OuExpr *parse_dotted(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *self = ou_parse_name(p);
    while (self != NULL && p->tok->kind == OU_TOK_DOT) { self = ou_parse_attribute(p, self, start); }
    return self;
}

/* A literal or dotted name by which a value is compared; NULL without `failed` when there is none. */
static OuExpr *parse_value(OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_MINUS:
    case OU_TOK_NUMBER: return parse_number_value(p);
    case OU_TOK_STRING: return ou_parse_strings(p);
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False: return ou_parse_singleton(p);
    case OU_TOK_NAME: return parse_dotted(p);
    default: return NULL;
    }
}

static OuPattern *parse_class_pattern(OuParser *p, OuPosition start, OuExpr *cls) {
    OuArenaVec patterns = {0}, names = {0}, kwd_patterns = {0};
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RPAR) {
        bool is_keyword = p->tok->kind == OU_TOK_NAME && ou_parser_next_kind(p) == OU_TOK_EQUAL;
        if (is_keyword) {
            ou_parser_push_to(p, &names, p->tok->ident);
            ou_parser_seek(p, p->pos + 2);
        }
        OuPattern *value = parse_as_pattern(p);
        if (value != NULL && !is_keyword && names.count > 0) {
            return ou_parser_blame(p, value->at, "positional patterns follow keyword patterns");
        }
        ou_parser_push_to(p, is_keyword ? &kwd_patterns : &patterns, value);
        if (p->failed || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RPAR)) { return NULL; }
    return OU_PATTERN(p, MatchClass, start, .cls = cls, .patterns = OU_SEQ_OF(OuPatternSeq, patterns),
                      .kwd_attrs = OU_SEQ_OF(OuIdentSeq, names), .kwd_patterns = OU_SEQ_OF(OuPatternSeq, kwd_patterns));
}

/* What a name captures: nothing when it is `_`. */
static OuIdent *captured(OuIdent *name) { return name != NULL && ou_ident_is(name, "_") ? NULL : name; }

static OuPattern *parse_star_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    if (!ou_parser_accept(p, OU_TOK_STAR)) { return parse_as_pattern(p); }
    OuIdent *name = ou_parser_ident(p);
    return OU_PATTERN(p, MatchStar, start, .name = captured(name));
}

static OuPattern *parse_bracket_pattern(OuParser *p, OuTokenKind close) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    bool commas = false;
    while (!p->failed && p->tok->kind != close) {
        ou_parser_push(p, parse_star_pattern(p));
        if (p->failed || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
        commas = true;
    }
    if (p->failed || !ou_parser_expect(p, close)) { return NULL; }
    if (close == OU_TOK_RPAR && !commas && p->scratch.count == mark + 1) {
        OuPattern *only = p->scratch.items[mark];
        p->scratch.count = mark;
        return only->kind == OU_PATTERN_MatchStar ? ou_parser_nomatch(p) : only;
    }
    return OU_PATTERN(p, MatchSequence, start, .patterns = ou_take_patterns(p, mark));
}

static OuPattern *parse_mapping(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuArenaVec keys = {0}, values = {0};
    OuIdent *rest = NULL;
    while (!p->failed && p->tok->kind != OU_TOK_RBRACE && rest == NULL) {
        if (ou_parser_accept(p, OU_TOK_DOUBLESTAR)) {
            if (ou_parser_is_soft(p, "_")) { return ou_parser_nomatch(p); }
            rest = ou_parser_ident(p);
        } else {
            bool is_name = p->tok->kind == OU_TOK_NAME;
            OuExpr *key = parse_value(p);
            bool fits =
                key != NULL && (!is_name || key->kind == OU_EXPR_Attribute) && ou_parser_expect(p, OU_TOK_COLON);
            OuPattern *value = fits ? parse_as_pattern(p) : NULL;
            if (value == NULL || !ou_parser_push_to(p, &keys, key) || !ou_parser_push_to(p, &values, value)) {
                return ou_parser_nomatch(p);
            }
        }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    return OU_PATTERN(p, MatchMapping, start, .keys = OU_SEQ_OF(OuExprSeq, keys),
                      .patterns = OU_SEQ_OF(OuPatternSeq, values), .rest = rest);
}

static OuPattern *parse_closed(OuParser *p) {
    OuPosition start = p->tok->at;
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    if (kind == OU_TOK_LPAR) { return parse_bracket_pattern(p, OU_TOK_RPAR); }
    if (kind == OU_TOK_LSQB) { return parse_bracket_pattern(p, OU_TOK_RSQB); }
    if (kind == OU_TOK_LBRACE) { return parse_mapping(p); }
    OuExpr *value = parse_value(p);
    if (value == NULL) { return ou_parser_nomatch(p); }
    if (kind == OU_TOK_None || kind == OU_TOK_True || kind == OU_TOK_False) {
        return OU_PATTERN(p, MatchSingleton, start, .value = value->as.Constant.value.kind);
    }
    if (kind == OU_TOK_NAME && p->tok->kind == OU_TOK_LPAR) { return parse_class_pattern(p, start, value); }
    if (value->kind != OU_EXPR_Name) { return OU_PATTERN(p, MatchValue, start, .value = value); }
    if (p->tok->kind == OU_TOK_EQUAL) { return ou_parser_nomatch(p); }
    return OU_PATTERN(p, MatchAs, start, .name = captured(value->as.Name.id));
}

static OuPattern *parse_or_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuPattern *first = parse_closed(p);
    if (first == NULL || p->tok->kind != OU_TOK_VBAR) { return first; }
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_VBAR)) { ou_parser_push(p, parse_closed(p)); }
    return OU_PATTERN(p, MatchOr, start, .patterns = ou_take_patterns(p, mark));
}

/* Behind `as`. */
static OuPattern *finish_as(OuParser *p, OuPosition start, OuPattern *pattern) {
    const OuToken *name = p->tok;
    if (ou_parser_is_soft(p, "_")) { return ou_parser_blame(p, name->at, "cannot use '_' as a target"); }
    if (name->kind != OU_TOK_NAME) {
        OuExpr *target = p->diagnose && ou_parse_starts_expression(name) ? ou_parse_expression(p) : NULL;
        return target != NULL ? ou_parser_raise(p, target->at, "invalid pattern target") : ou_parser_nomatch(p);
    }
    ou_parser_advance(p);
    return OU_PATTERN(p, MatchAs, start, .pattern = pattern, .name = name->ident);
}

static OuPattern *parse_as_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    if (p->failed || !ou_parser_enter(p)) { return NULL; }
    OuPattern *self = parse_or_pattern(p);
    if (self != NULL && ou_parser_accept(p, OU_TOK_as)) { self = finish_as(p, start, self); }
    ou_parser_leave(p);
    return p->failed ? NULL : self;
}

static OuPattern *parse_patterns(OuParser *p) {
    OuPosition start = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuPattern *first = parse_star_pattern(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) {
        return first != NULL && first->kind == OU_PATTERN_MatchStar ? ou_parser_nomatch(p) : first;
    }
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_COMMA) && p->tok->kind != OU_TOK_COLON && p->tok->kind != OU_TOK_if) {
        ou_parser_push(p, parse_star_pattern(p));
    }
    return OU_PATTERN(p, MatchSequence, start, .patterns = ou_take_patterns(p, mark));
}

static OuExpr *parse_subject(OuParser *p) {
    OuExpr *self = ou_parse_at_item(p) ? ou_parse_tuple(p, ou_parse_star_named, OU_TOK_ERROR) : NULL;
    return self != NULL && self->kind == OU_EXPR_Starred ? ou_parser_nomatch(p) : self;
}

static OuMatchCase *parse_case(OuParser *p) {
    uint32_t line = ou_parser_advance(p).line;
    OuMatchCase *self = ou_parser_new(p, sizeof *self);
    if (p->failed) { return NULL; }
    self->pattern = parse_patterns(p);
    if (self->pattern != NULL && ou_parser_accept(p, OU_TOK_if)) { self->guard = ou_parse_named(p); }
    return ou_parse_block(p, &self->body, "'case' statement", line) ? self : NULL;
}

static OuStmt *parse_cases(OuParser *p, OuPosition start, OuExpr *subject) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && ou_parser_is_soft(p, "case")) { ou_parser_push(p, parse_case(p)); }
    if (p->failed || p->scratch.count == mark || !ou_parser_expect(p, OU_TOK_DEDENT)) { return ou_parser_nomatch(p); }
    return OU_BLOCK(p, Match, start, .subject = subject, .cases = ou_take_cases(p, mark));
}

/* NULL without `failed`: no match statement, for `match` is a name unless a subject, a colon and an indented `case` follow. */
static OuStmt *parse_match(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuPosition start = ou_parser_advance(p);
    OuExpr *subject = parse_subject(p);
    if (subject != NULL && p->diagnose && p->tok->kind == OU_TOK_NEWLINE) {
        return ou_parser_blame_last(p, "expected ':'");
    }
    if (subject != NULL && ou_parser_accept(p, OU_TOK_COLON) && p->tok->kind == OU_TOK_NEWLINE) {
        return parse_indent(p, "'match' statement", start.line) ? parse_cases(p, start, subject) : NULL;
    }
    if (ou_parser_recover(p)) { ou_parser_rewind(p, mark); }
    return NULL;
}

/* --- any of them ------------------------------------------------------------------------------------------------------ */

/* Which of these forms a statement has: one bit for each combination of `async` (1) and decorators (2). */
enum { PLAIN = 1 << 0, ASYNC = 1 << 1, DECORATED = 1 << 2, DECORATED_ASYNC = 1 << 3 };

static const uint8_t forms[OU_TOK_COUNT] = {[OU_TOK_def] = PLAIN | ASYNC | DECORATED | DECORATED_ASYNC,
                                            [OU_TOK_class] = PLAIN | DECORATED,
                                            [OU_TOK_for] = PLAIN | ASYNC,
                                            [OU_TOK_with] = PLAIN | ASYNC,
                                            [OU_TOK_if] = PLAIN,
                                            [OU_TOK_while] = PLAIN,
                                            [OU_TOK_try] = PLAIN};

OuStmt *ou_parse_compound(OuParser *p) {
    if (ou_parser_is_soft(p, "match")) { return parse_match(p); }
    bool is_decorated = p->tok->kind == OU_TOK_AT;
    if (forms[p->tok->kind] == 0 && p->tok->kind != OU_TOK_async && !is_decorated) { return NULL; }
    OuExprSeq decorators = parse_decorators(p);
    OuPosition start = p->tok->at;
    bool is_async = ou_parser_accept(p, OU_TOK_async);
    OuPosition word = p->tok->at;
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    if (p->failed || !(forms[kind] >> (is_async + 2 * is_decorated) & 1)) { return ou_parser_nomatch(p); }
    ou_parser_advance(p);
    switch (kind) {
    case OU_TOK_def:
        return parse_function(p, start, word, is_async ? OU_STMT_AsyncFunctionDef : OU_STMT_FunctionDef, decorators);
    case OU_TOK_class: return parse_class(p, start, decorators);
    case OU_TOK_for: return parse_for(p, start, word, is_async ? OU_STMT_AsyncFor : OU_STMT_For);
    case OU_TOK_with: return parse_with(p, start, word, is_async ? OU_STMT_AsyncWith : OU_STMT_With);
    case OU_TOK_if: return parse_if(p, start);
    case OU_TOK_try: return parse_try(p, start);
    default: return parse_while(p, start);
    }
}
