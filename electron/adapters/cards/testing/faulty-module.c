/* A PKCS#11 module that misbehaves as FAULT says; the rest it leaves to the REAL one. Compiled by faulty-module.ts. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <pkcs11/pkcs11.h>

enum { HANGS_ON_LOAD, HANGS_ON_SLOTS, HANGS_ON_SIGN, CRASHES_ON_LOAD, CRASHES_ON_SLOTS, CRASHES_ON_SIGN, REFUSES, REFUSES_TO_SIGN };

static void misbehave(int fault) {
  if (fault != FAULT) return;
  /* Tells the test that it has begun. */
  close(open(MARK, O_CREAT | O_WRONLY, 0600));
  if (fault >= CRASHES_ON_LOAD) abort();
  for (;;) pause();
}

static CK_FUNCTION_LIST list;
static CK_FUNCTION_LIST_PTR real;

static CK_RV slots(CK_BBOOL present, CK_SLOT_ID_PTR ids, CK_ULONG_PTR count) {
  misbehave(HANGS_ON_SLOTS);
  misbehave(CRASHES_ON_SLOTS);
  return real->C_GetSlotList(present, ids, count);
}

static CK_RV sign(CK_SESSION_HANDLE s, CK_BYTE_PTR in, CK_ULONG length, CK_BYTE_PTR out, CK_ULONG_PTR size) {
  misbehave(HANGS_ON_SIGN);
  misbehave(CRASHES_ON_SIGN);
  if (FAULT == REFUSES_TO_SIGN) return CKR_DEVICE_MEMORY;
  return real->C_Sign(s, in, length, out, size);
}

static CK_RV initialise(CK_VOID_PTR about) {
  return FAULT == REFUSES ? CKR_GENERAL_ERROR : real->C_Initialize(about);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR answer) {
  misbehave(HANGS_ON_LOAD);
  misbehave(CRASHES_ON_LOAD);
  void *library = dlopen(REAL, RTLD_NOW | RTLD_LOCAL);
  CK_C_GetFunctionList find = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : 0;
  if (!find || find(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  list = *real;
  list.C_Initialize = initialise;
  list.C_GetSlotList = slots;
  list.C_Sign = sign;
  *answer = &list;
  return CKR_OK;
}
