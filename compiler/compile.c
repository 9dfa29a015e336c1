/* Text to unit: source, tree, folding, scopes, code; and the anchors of tracebacks. */
#include "compiler/compile.h"

#include "compiler/gen.h"
#include "compiler/parse.h"

bool ou_compile(OuArena *arena, OuSource *source, const char *name, const char *text, size_t length,
                OuSourceOrigin origin, OuCompileMode mode, unsigned flags, OuUnit **out, OuSyntaxError *error) {
    OuModule *module;
    OuScope *scope;
    *error = (OuSyntaxError){0};
    if (!ou_source_init(source, arena, name, text, length, origin, error) ||
        !ou_parse(arena, source, mode, &module, error)) {
        return false;
    }
    if (!ou_fold_module(arena, module)) { return ou_source_no_memory(error); }
    if (!ou_scope_analyse(arena, module, source, &scope, error)) { return false; }
    OuGen g = {.arena = arena,
               .source = source,
               .error = error,
               .optimize = flags & OU_COMPILE_OPTIMIZE,
               .counted = flags & OU_COMPILE_COUNTED,
               .interactive = mode >= OU_COMPILE_SINGLE};
    if (!ou_gen_begin(&g, NULL, scope)) { return false; }
    if (mode == OU_COMPILE_EVAL) {
        OuReg value = ou_expr(&g, module->expression);
        ou_emit(&g, OP_RETURN, value, 0, 0);
    } else {
        OuText doc;
        if (mode == OU_COMPILE_FILE && ou_gen_docstring(&module->body, &doc)) {
            OuReg temp = ou_temp(&g);
            ou_load_text(&g, temp, doc.bytes, doc.length);
            ou_emit_global(&g, OP_STORE_GLOBAL, temp, ou_gen_name_text(&g, "__doc__", 7));
            g.next_temp = temp;
        }
        ou_statements(&g, &module->body);
        ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    }
    *out = ou_gen_finish(&g);
    return *out != NULL;
}

/* --- anchors ---------------------------------------------------------------------------------------------
 *
 * As CPython 3.11 shows them: found by parsing the text once more, since only tracebacks need them. */

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
