/*
 * Scopes: where names live, the order of locals and cells, qualified names, mangling.
 */
#include "tests/unit/front_end.h"

static OuScope *child(const OuScope *scope, int n) {
    OuScope *at = scope->first_child;
    while (n-- > 0) { at = at->next_sibling; }
    ck_assert_ptr_nonnull(at);
    return at;
}

static const char *joined(const OuIdentSeq *seq) {
    static char text[512];
    text[0] = '\0';
    for (uint32_t i = 0; i < seq->count; i++) {
        strcat(text, i > 0 ? "," : "");
        strcat(text, seq->items[i]->text);
    }
    return text;
}

static const OuSymbol *lookup(const OuScope *scope, const char *name) {
    const OuIdent *ident = ou_ident_intern(front.module->idents, name, strlen(name));
    ck_assert_ptr_nonnull(ident);
    const OuSymbol *symbol = ou_scope_lookup(scope, ident);
    ck_assert_ptr_nonnull(symbol);
    return symbol;
}

START_TEST(scope_locals_follow_the_order_of_emission) {
    front_ok("def f(a, *args, k=1, **kw):\n  d = c = b()\n  for i in (z := a): y = i\n"
             "  try: return 1\n  except E as e: pass\n  finally: last = 1\n");
    ck_assert_str_eq(joined(&child(front.scope, 0)->varnames), "a,k,args,kw,d,c,z,i,y,last,e");
}
END_TEST

START_TEST(scope_captured_names_become_cells_and_frees) {
    front_ok("def f(p, q):\n  b = a = 1\n  def g():\n    nonlocal a\n    return a, b, q, print\n");
    const OuScope *f = child(front.scope, 0);
    const OuScope *g = child(f, 0);
    ck_assert_str_eq(joined(&f->cellvars), "q,a,b");
    ck_assert_str_eq(joined(&f->varnames), "p,q,g");
    ck_assert_str_eq(joined(&g->freevars), "a,b,q");
    ck_assert_int_eq(lookup(f, "q")->kind, OU_SYMBOL_CELL);
    ck_assert_int_eq(lookup(f, "q")->param_index, 1);
    ck_assert_int_eq(lookup(g, "print")->kind, OU_SYMBOL_GLOBAL_IMPLICIT);
    ck_assert_int_eq(ou_scope_closure_index(f, lookup(f, "a")->name), 1);
}
END_TEST

START_TEST(scope_super_needs_the_class_cell) {
    front_ok("class A:\n  def m(self): super().m()\n");
    const OuScope *cls = child(front.scope, 0);
    ck_assert(cls->needs_class_cell);
    ck_assert_str_eq(joined(&cls->cellvars), "__class__");
    ck_assert_str_eq(joined(&child(cls, 0)->freevars), "__class__");
}
END_TEST

START_TEST(scope_names_are_qualified) {
    front_ok("def f():\n  global h\n  class C:\n    def m(self): return lambda: [x for x in y]\n  def h(): pass\n");
    const OuScope *f = child(front.scope, 0);
    ck_assert_str_eq(child(child(f, 0), 0)->qualname->text, "f.<locals>.C.m");
    ck_assert_str_eq(child(child(child(child(f, 0), 0), 0), 0)->qualname->text,
                     "f.<locals>.C.m.<locals>.<lambda>.<locals>.<listcomp>");
    ck_assert_str_eq(child(f, 1)->qualname->text, "h");
}
END_TEST

START_TEST(scope_private_names_are_mangled) {
    front_ok("class _A:\n  __x = 1\n  def __m(self, __p): self.__y = __p + self.__z__\n");
    const OuScope *cls = child(front.scope, 0);
    ck_assert_str_eq(lookup(cls, "__x")->name->text, "_A__x");
    ck_assert_str_eq(lookup(cls, "__m")->name->text, "_A__m");
    ck_assert_str_eq(child(cls, 0)->name->text, "__m");
    ck_assert_str_eq(joined(&child(cls, 0)->varnames), "self,_A__p");
    ck_assert_str_eq(joined(&cls->self_attrs), "_A__y");
}
END_TEST

START_TEST(scope_instance_attributes_are_counted) {
    front_ok("class A:\n  def __init__(s, a):\n    s.a, (s.b, *s.c) = a\n    s.a += 1\n    s.d: int = 2\n    a.z = 1\n"
             "  def m(self): self.e = 1; self.f.g = 2\n");
    ck_assert_str_eq(joined(&child(front.scope, 0)->self_attrs), "a,b,c,d,e");
}
END_TEST

static const struct {
    const char *text;
    const char *message;
    int line;
    int col;
} errors[] = {
    {"return", "'return' outside function", 1, 1},
    {"yield", "'yield' outside function", 1, 1},
    {"def f(): await x", "'await' outside async function", 1, 10},
    {"break", "'break' outside loop", 1, 1},
    {"try: pass\nfinally: continue", "'continue' not properly in loop", 2, 10},
    {"def f(a, a): pass", "duplicate argument 'a' in function definition", 1, 10},
    {"def f(x): global x", "name 'x' is parameter and global", 1, 11},
    {"def f():\n x\n global x", "name 'x' is used prior to global declaration", 3, 2},
    {"def f():\n x = 1\n global x", "name 'x' is assigned to before global declaration", 3, 2},
    {"def f():\n nonlocal x", "no binding for nonlocal 'x' found", 2, 2},
    {"nonlocal x", "nonlocal declaration not allowed at module level", 1, 1},
    {"def f(): from a import *", "import * only allowed at module level", 1, 24},
    {"try: pass\nexcept: pass\nexcept A: pass", "default 'except:' must be last", 2, 1},
    {"*a, *b = c", "multiple starred expressions in assignment", 1, 1},
    {"*a = 1", "starred assignment target must be in a list or tuple", 1, 1},
    {"x = *a", "can't use starred expression here", 1, 5},
    {"f(a=1, a=2)", "keyword argument repeated: a", 1, 8},
    {"[x := 1 for x in y]", "assignment expression cannot rebind comprehension iteration variable 'x'", 1, 2},
    {"[(yield x) for x in y]", "'yield' inside list comprehension", 1, 3},
    {"__debug__ = 1", "cannot assign to __debug__", 1, 1},
};

START_TEST(scope_error_is_worded_and_placed_as_in_cpython) {
    front_error(errors[_i].text, OU_ERR_SYNTAX, errors[_i].message, errors[_i].line, errors[_i].col);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("scope");
    TCase *names = front_case(suite, "names");
    tcase_add_test(names, scope_locals_follow_the_order_of_emission);
    tcase_add_test(names, scope_captured_names_become_cells_and_frees);
    tcase_add_test(names, scope_super_needs_the_class_cell);
    tcase_add_test(names, scope_names_are_qualified);
    tcase_add_test(names, scope_private_names_are_mangled);
    tcase_add_test(names, scope_instance_attributes_are_counted);
    TCase *wrong = front_case(suite, "errors");
    tcase_add_loop_test(wrong, scope_error_is_worded_and_placed_as_in_cpython, 0,
                        (int)(sizeof errors / sizeof errors[0]));
    return unit_report("scope", suite);
}
