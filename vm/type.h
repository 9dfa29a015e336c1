/* Type objects: classes of the program and the built-in types alike. */
#ifndef OU_VM_TYPE_H
#define OU_VM_TYPE_H

#include "vm/vm.h"

/* --- shapes ------------------------------------------------------------------------------------------------
 *
 * Hidden classes: which attributes an instance has, in which order they came, in which slots they lie.
 *
 * A slot's index is fixed per class and name in the order in which the class first saw the names (so
 * attributes die in that order, as in CPython); a shape adds the order of insertion. At most 30 names
 * a class have slots, as in CPython; an instance that needs more turns to a dict. */

#define OU_SHAPE_SLOTS 30u
#define OU_SHAPE_MAX 65535u /* ids are 16 bits in the cell header */
#define OU_SHAPES_PER_CLASS 512u

struct OuShape {
    OuType *type;      /* borrowed: the type owns its shapes */
    OuShape *parent;   /* borrowed: one attribute less; NULL for the root */
    OuShape *sibling;  /* borrowed: next child of the parent */
    OuShape *children; /* borrowed: shapes with one attribute more */
    OuShape *next;     /* borrowed: next shape of the class */
    uint32_t present;  /* bit per slot index */
    uint16_t id;
    uint8_t slot;  /* the slot that this shape added to its parent */
    uint8_t count; /* attributes */
};

uint32_t ou_version_next(OuVM *vm);
static inline OuShape *ou_shape_of(OuVM *vm, const OuCell *cell) { return vm->shapes[cell->aux]; }
/* The shape of a fresh instance; made on demand. NULL: raised. */
OuShape *ou_shape_root(OuVM *vm, OuType *type);
/* The shape after adding slot `slot`. NULL without an exception: use a dict. NULL with one: raised. */
OuShape *ou_shape_add(OuVM *vm, OuShape *self, uint32_t slot);
/* The shape after deleting slot `slot`. */
OuShape *ou_shape_remove(OuVM *vm, OuShape *self, uint32_t slot);
/* Index of the name's slot in the class, or -1. */
int ou_shape_slot(const OuType *type, const OuStr *name);
/* The same, giving the name a slot if there is room: -1 no room, -2 raised. */
int ou_shape_slot_ensure(OuVM *vm, OuType *type, OuStr *name);
/* Writes the slot indexes in order of insertion; returns how many. */
uint32_t ou_shape_order(const OuShape *self, uint8_t *slots);
/* New versions for all shapes of the class: no inline cache matches any more. */
void ou_shape_renew(OuVM *vm, OuType *type);
void ou_shape_free_all(OuVM *vm, OuType *type);

/* --- types ------------------------------------------------------------------------------------------------- */

#define OU_TYPE_HEAP 1u      /* made by a class statement */
#define OU_TYPE_HAS_DEL 2u   /* some class of the MRO defines __del__ */
#define OU_TYPE_EXCEPTION 4u /* derives from BaseException */
#define OU_TYPE_FINAL 8u     /* no subclasses */
#define OU_TYPE_NO_DICT 16u  /* only __slots__ */
#define OU_TYPE_WEAKREFS 32u
#define OU_TYPE_PLAIN_INIT 64u     /* instances are made by object.__new__: the fast path of a call */
#define OU_TYPE_ABSTRACT 128u      /* has __virtual_subclass__ */
#define OU_TYPE_CLAIMS_CLASS 4096u /* __class__ of its instances can be another one */
#define OU_TYPE_PLAIN_GETATTR 256u /* attribute lookup is the generic one */
#define OU_TYPE_PLAIN_SETATTR 512u
#define OU_TYPE_DESCRIPTOR 1024u     /* its instances have __get__ */
#define OU_TYPE_HAS_SUBCLASSES 2048u /* it had one at some time */

struct OuType {
    OuCell cell;
    /* One span of slots, released in this order. */
    OuValue dict;                       /* owned: OuDict */
    OuValue bases;                      /* owned: tuple */
    OuValue mro;                        /* owned: tuple that begins with the type itself */
    OuValue base;                       /* owned: the base whose layout it extends; OU_NOTHING for object */
    OuValue name;                       /* owned: str */
    OuValue qualname;                   /* owned: str */
    OuValue slot_names[OU_SHAPE_SLOTS]; /* owned: str, the attribute names in order of first sight */
    /* No references from here on. */
    uint32_t slot_count;
    uint32_t flags;
    uint32_t version;   /* renewed when a name of the class or of a base changes its meaning */
    uint32_t slot_base; /* body words in front of the attribute slots */
    uint32_t slot_hint; /* attributes expected before the first instance was seen */
    uint32_t shape_count;
    uint8_t payload; /* kind of the hidden plain cell in word 0, or 0 */
    uint16_t index;  /* OuTypeIndex of a built-in type; OU_TYPE_COUNT + OuException for exceptions; else 0xffff */
    const OuNativeType *native; /* the nearest built-in type */
    OuShape *root_shape;
    OuShape *shapes;
    OuType *next_type, *prev_type; /* weak: all types of the VM; subclasses are found by walking them */
    OuSlots slots;
};

#define OU_TYPE_NO_INDEX 0xffffu

static inline OuType *ou_as_type(OuValue value) { return (OuType *)(uintptr_t)value; }
static inline bool ou_is_type(OuValue value) { return ou_is_kind(value, OU_KIND_TYPE); }

/* type(name, bases, names): a new class (owned). `names` is copied. */
OuValue ou_type_create(OuVM *vm, OuStr *name, OuTuple *bases, OuDict *names, const OuValue *kwargs, uint32_t nkwargs,
                       OuValue kwnames);
/* The attribute as found along the MRO (borrowed until code runs), or OU_NOTHING; never raises. */
OuValue ou_type_lookup(OuVM *vm, OuType *type, OuStr *name);
/* The place that holds it (inside a class namespace), for caches. */
OuValue *ou_type_place(OuVM *vm, OuType *type, OuStr *name);
/* Sets or deletes an attribute of the class itself: versions, slots, flags follow. */
int ou_type_setattr(OuVM *vm, OuValue type, OuStr *name, OuValue value);
OuValue ou_type_getattr(OuVM *vm, OuValue type, OuStr *name);
OuStr *ou_type_module(OuVM *vm, OuType *type); /* borrowed */
/* Has the value's type a __get__ (it binds), a __set__ or __delete__ (it goes before the instance)? */
bool ou_binds(OuVM *vm, OuValue value);
bool ou_is_data_descriptor(OuVM *vm, OuValue value);
/* A type without content but its name, in the list of all types. NULL: raised. */
OuType *ou_type_alloc(OuVM *vm, OuStr *name, uint32_t flags);
/* Computes the MRO; bases and base are in place. -1 raised. */
int ou_type_link(OuVM *vm, OuType *type);
void ou_type_unlist(OuVM *vm, OuType *type);
/* New versions for the type and all below it: what caches hold of them is out of date. */
void ou_type_renew(OuVM *vm, OuType *type);
/* Brings the flags that follow from special methods up to date, there and below. */
void ou_type_update_flags(OuVM *vm, OuType *type);
/* May an instance of `old` become one of `type`? */
bool ou_type_same_layout(const OuType *type, const OuType *old);
/* Has an instance of the class a __dict__? */
static inline bool ou_type_has_dict(const OuType *type) {
    return (type->flags & OU_TYPE_HEAP ? !(type->flags & OU_TYPE_NO_DICT) : (type->flags & OU_TYPE_EXCEPTION) != 0);
}
/* The next type after `after` (NULL: the first) that derives from `type`, or NULL. */
OuType *ou_type_next_subclass(OuVM *vm, const OuType *type, OuType *after);
/* The same among the classes that follow `start` in the MRO of `type`. NULL: none, or `start` is not in it. */
OuValue *ou_type_place_behind(OuType *type, OuType *start, OuStr *name);
size_t ou_type_cache_size(void);
int ou_type_fill_native(OuVM *vm, OuType *type, const OuNativeType *native);
OuType *ou_type_new_native(OuVM *vm, const char *name, OuType *base, OuTypeIndex index);
void ou_type_finish_native(OuVM *vm, OuType *type);
int ou_type_set_bases(OuVM *vm, OuType *type, OuTuple *bases);
/* issubclass / isinstance with tuples and unions. -1 raised. */
int ou_is_subclass(OuVM *vm, OuValue type, OuValue classes);
int ou_is_instance(OuVM *vm, OuValue object, OuValue classes);

/* --- attributes: attr.c ------------------------------------------------------------------------------------ */
/* object.__getattribute__ and object.__setattr__. */
OuValue ou_getattr_generic(OuVM *vm, OuValue self, OuStr *name);
int ou_setattr_generic(OuVM *vm, OuValue self, OuStr *name, OuValue value);
OuValue ou_raise_no_attribute(OuVM *vm, OuValue self, OuStr *name);
/* Calls a descriptor's __get__. */
OuValue ou_descr_get(OuVM *vm, OuValue descriptor, OuValue object, OuType *type);

size_t ou_attr_cache_size(void);

#endif
