/* Modules and the descriptors that a class statement makes: property, staticmethod, classmethod, members. */
#ifndef OU_VM_OBJECTS_MODULE_H
#define OU_VM_OBJECTS_MODULE_H

#include "vm/code.h"
#include "vm/objects/containers.h"

struct OuModuleObject {
    OuCell cell;
    OuValue dict; /* owned */
};

typedef struct OuProperty {
    OuCell cell;
    OuValue get, set, del, doc, name; /* owned or OU_NOTHING */
} OuProperty;

/* staticmethod and classmethod */
typedef struct OuWrapped {
    OuCell cell;
    OuValue callable; /* owned */
} OuWrapped;

/* A native computed attribute (GETSET) or a name of __slots__ (MEMBER). */
typedef struct OuGetSet {
    OuCell cell;
    OuValue name;  /* owned */
    OuValue owner; /* owned: the class */
    const OuGetSetDef *def;
    uint32_t place; /* MEMBER: word of the instance */
} OuGetSet;
static inline uint32_t ou_member_place(OuValue member) { return ((OuGetSet *)(uintptr_t)member)->place; }
/* The word of the object that the member is about; NULL: the object is of another class. */
OuValue *ou_member_slot(OuVM *vm, OuValue member, OuValue object);

typedef struct OuSuper {
    OuCell cell;
    OuValue object;      /* owned or OU_NOTHING */
    OuValue type;        /* owned: the class after which the search begins */
    OuValue object_type; /* owned */
} OuSuper;

/* The names that dir() gives, a sorted list (owned); of the running frame for OU_NOTHING. OU_NOTHING: raised. */
OuValue ou_dir(OuVM *vm, OuValue object);
OuValue ou_module_new(OuVM *vm, OuStr *name);
OuValue ou_module_import(OuVM *vm, OuStr *name, int level, OuDict *globals, OuValue names);
/* Runs what `ouro -m` names in `globals`. 0; -1 raised; -2 there is no such module, which has been said. */
int ou_module_run_main(OuVM *vm, const char *text, OuDict *globals);
OuValue ou_import_from(OuVM *vm, OuValue module, OuStr *name);
int ou_import_star(OuVM *vm, OuValue module, OuDict *into); /* -1 raised */
OuValue ou_getset_new(OuVM *vm, const OuGetSetDef *def, OuType *owner);
OuValue ou_member_new(OuVM *vm, OuStr *name, OuType *owner, uint32_t place);
OuValue ou_wrapped_new(OuVM *vm, uint8_t kind, OuValue callable);
OuValue ou_wrapped_new_take(OuVM *vm, uint8_t kind, OuValue callable);

#endif
