/* Which scope does a name live in?
 *
 * One OuScope for a module, class, function, lambda and comprehension, reached in O(1) through the `scope` field of its
 * node. Also checks what CPython's symbol table checks, and the placement of return, yield, await, break and continue.
 * The order of `varnames` is the order in which plain locals die, so it follows CPython's: first load or store that its
 * compiler emits.
 *
 * ou_scope_analyse() also writes mangled private names into Name.id, Attribute.attr, OuArg.arg, ... (not
 * FunctionDef.name and ClassDef.name, whose plain text is `__name__`). ou_scope_lookup() accepts plain and mangled
 * names alike. */
#ifndef OU_COMPILER_SCOPE_H
#define OU_COMPILER_SCOPE_H

#include "compiler/ast.h"
#include "compiler/source.h"

typedef enum OuScopeKind {
    OU_SCOPE_MODULE,
    OU_SCOPE_CLASS,
    OU_SCOPE_FUNCTION,
    OU_SCOPE_LAMBDA,
    OU_SCOPE_LISTCOMP,
    OU_SCOPE_SETCOMP,
    OU_SCOPE_DICTCOMP,
    OU_SCOPE_GENEXPR
} OuScopeKind;

typedef enum OuSymbolKind {
    OU_SYMBOL_LOCAL,           /* index into varnames */
    OU_SYMBOL_CELL,            /* index into cellvars */
    OU_SYMBOL_FREE,            /* index into freevars; in a class: class dict first (LOAD_CLASSDEREF) */
    OU_SYMBOL_GLOBAL_EXPLICIT, /* `global x`: module globals, also from a class body */
    OU_SYMBOL_GLOBAL_IMPLICIT, /* never bound here: globals, then builtins */
    OU_SYMBOL_NAME             /* module and class level: the namespace, then globals, then builtins */
} OuSymbolKind;

typedef struct OuSymbol {
    OuIdent *name; /* mangled */
    OuSymbolKind kind;
    uint32_t index;
    int32_t param_index; /* into varnames when it is a parameter (also a captured one), else -1 */
    uint32_t flags;      /* private to scope.c */
    bool is_touched;     /* private: already in varnames */
    bool is_passed_on;   /* private: free in a class that binds the name as well */
    OuPosition at;       /* first global/nonlocal directive */
} OuSymbol;

struct OuScope {
    OuScopeKind kind;
    OuScope *parent;
    OuScope *first_child; /* in order of the text */
    OuScope *next_sibling;
    OuScope *last_child;
    OuIdent *name;       /* co_name: "f", "<lambda>", "<listcomp>", "<module>" */
    OuIdent *qualname;   /* co_qualname */
    OuIdent *class_name; /* innermost enclosing class for mangling, or NULL */
    OuIdentTable *idents;
    uint32_t line; /* first line of the node */

    bool is_function_like; /* function, lambda, comprehension: has fast locals */
    bool is_generator;     /* holds a yield, or is a generator expression */
    bool is_coroutine;     /* async def, or a comprehension that awaits */
    bool has_varargs;
    bool has_varkw;
    bool needs_class_cell; /* CLASS: a method uses super or __class__; cellvars holds "__class__" */

    uint32_t posonly_count;
    uint32_t arg_count; /* positional, with the positional-only ones: co_argcount */
    uint32_t kwonly_count;
    uint32_t param_count; /* all, with *args and **kw */

    OuIdentSeq varnames;
    OuIdentSeq cellvars;   /* as co_cellvars: captured parameters in their order, then the others by name */
    OuIdentSeq freevars;   /* by name */
    OuIdentSeq self_attrs; /* CLASS: distinct names stored as FIRSTPARAM.name in its methods */

    /* private to scope.c: open addressing by identifier */
    OuSymbol **table;
    uint32_t table_size;
    OuArenaVec symbols; /* in order of first appearance */
    OuArenaVec pending_varnames;
    OuArenaVec pending_self_attrs;
    OuIdent *self_param; /* FUNCTION in a CLASS: its first parameter */
    int comp_iter_exprs; /* comprehension iterables being walked */
    bool in_comp_target;
    bool is_async_def;
};

bool ou_scope_analyse(OuArena *arena, OuModule *module, const OuSource *source, OuScope **module_scope,
                      OuSyntaxError *err);

/* `name` may be plain or mangled. Never NULL for a name that occurs in the scope; NULL otherwise. */
const OuSymbol *ou_scope_lookup(const OuScope *self, const OuIdent *name);

/* The name as used inside the innermost class; `name` itself when it is not private, or memory is out. */
OuIdent *ou_scope_mangle(const OuScope *self, OuIdent *name);

/* Where a closure finds `name` in the frame of `self`: its index in cellvars, or cellvars.count + its index in
 * freevars; -1 when it is neither. Differs from the symbol of a class that also binds the name. */
int32_t ou_scope_closure_index(const OuScope *self, const OuIdent *name);

#endif
