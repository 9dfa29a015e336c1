/* Text to unit: source, tree, folding, scopes, code. */
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
               .interactive = mode == OU_COMPILE_SINGLE};
    if (!ou_gen_begin(&g, NULL, scope)) { return false; }
    if (mode == OU_COMPILE_EVAL) {
        OuReg value = ou_expr(&g, module->expression);
        ou_emit(&g, OP_RETURN, value, 0, 0);
    } else {
        g.unit->has_doc = mode == OU_COMPILE_FILE && ou_gen_docstring(&module->body, &g.unit->doc);
        ou_statements(&g, &module->body);
        ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    }
    *out = ou_gen_finish(&g);
    return *out != NULL;
}
