/* Anchors as CPython 3.11 shows them: found by parsing the text once more, since only tracebacks need them. */
#include "compiler/compile.h"

#include "compiler/parse.h"

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\f'; }

bool ou_anchors_find(OuArena *arena, const char *text, size_t length, uint32_t *start, uint32_t *end) {
    OuSource source;
    OuModule *module;
    OuSyntaxError error = {0};
    if (!ou_source_init(&source, arena, "", text, length, OU_SOURCE_STRING, &error) ||
        !ou_parse(arena, &source, OU_COMPILE_FILE, &module, &error) || module->body.count != 1 ||
        module->body.items[0]->kind != OU_STMT_Expr) {
        return false;
    }
    const OuExpr *expression = module->body.items[0]->as.Expr.value;
    if (expression->kind == OU_EXPR_Subscript) {
        *start = expression->as.Subscript.value->at.end_column;
        *end = expression->as.Subscript.slice->at.end_column + 1;
        return true;
    }
    if (expression->kind != OU_EXPR_BinOp) { return false; }
    uint32_t limit = expression->as.BinOp.right->at.column;
    for (uint32_t i = expression->as.BinOp.left->at.end_column; i < limit && i < length; i++) {
        if (is_space(text[i])) { continue; }
        *start = i;
        *end = i + 1 + (i + 1 < limit && !is_space(text[i + 1]));
        return true;
    }
    return false;
}
