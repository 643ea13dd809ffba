/* Prints what a screen reader is given of this desktop's windows of Qt, each after an empty line, a line a control: object
   name, place (left, top, width, height), whether it is enabled, and its name. By UI Automation, as Narrator reads; its
   interfaces by position, as MinGW does not know them. For trying the program under Wine; not shipped. */
#define COBJMACROS
#define INITGUID
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>

DEFINE_GUID(Automation, 0xff48dba4, 0x60ef, 0x4201, 0xaa, 0x87, 0x54, 0x10, 0x3e, 0xef, 0x59, 0x4e);
DEFINE_GUID(Interface, 0x30cbe57d, 0xd9d0, 0x452a, 0xab, 0x13, 0x7a, 0xc5, 0xac, 0x48, 0x25, 0xee);
typedef struct { void **table; } Object;
#define CALL(object, place, types, ...) ((HRESULT(WINAPI *) types)(object)->table[place])(object, __VA_ARGS__)
#define RELEASE(object) ((ULONG(WINAPI *)(Object *))(object)->table[2])(object)
enum { ELEMENT_FROM_HANDLE = 6, CACHE_REQUEST = 20, TRUE_CONDITION = 21 };
enum { ADD_PROPERTY = 3, FIND_ALL = 8, CACHED = 13, LENGTH = 3, GET = 4, SUBTREE = 7 };
enum { PLACE = 30001, NAME = 30005, ENABLED = 30010, ID = 30011 };
static const int wanted[] = {PLACE, NAME, ENABLED, ID};
static Object *automation, *any, *request;

static void put(const WCHAR *text) {
    char line[8192];
    int size = WideCharToMultiByte(CP_UTF8, 0, text ? text : L"", -1, line, sizeof line, 0, 0);
    if (size > 0) for (char *c = line; *c; c++) putchar((unsigned char)*c < ' ' ? ' ' : *c);
}

static VARIANT property(Object *element, int id) {
    VARIANT value;
    VariantInit(&value);
    CALL(element, CACHED, (Object *, int, BOOL, VARIANT *), id, FALSE, &value);
    return value;
}

static void text(Object *element, int id) {
    VARIANT value = property(element, id);
    if (value.vt == VT_BSTR) put(value.bstrVal);
    VariantClear(&value);
}

static void tell(Object *element) {
    text(element, ID);
    putchar('\t');
    VARIANT value = property(element, PLACE);
    if (value.vt == (VT_R8 | VT_ARRAY)) {
        double *r = value.parray->pvData;
        printf("%.0f %.0f %.0f %.0f", r[0], r[1], r[2], r[3]);
    }
    VariantClear(&value);
    putchar('\t');
    value = property(element, ENABLED);
    putchar(value.vt == VT_BOOL && value.boolVal ? '1' : '0');
    putchar('\t');
    text(element, NAME);
    putchar('\n');
}

static BOOL CALLBACK window(HWND handle, LPARAM unused) {
    WCHAR kind[128];
    GetClassNameW(handle, kind, 128);
    if (!IsWindowVisible(handle) || wcsncmp(kind, L"Qt", 2)) return TRUE;
    Object *element = 0, *found = 0;
    int count = 0;
    CALL(automation, ELEMENT_FROM_HANDLE, (Object *, HWND, Object **), handle, &element);
    if (!element) return TRUE;
    CALL(element, FIND_ALL, (Object *, int, Object *, Object *, Object **), SUBTREE, any, request, &found);
    putchar('\n');
    if (found) CALL(found, LENGTH, (Object *, int *), &count);
    for (int i = 0; i < count; i++) {
        Object *one = 0;
        CALL(found, GET, (Object *, int, Object **), i, &one);
        if (!one) continue;
        tell(one);
        RELEASE(one);
    }
    if (found) RELEASE(found);
    RELEASE(element);
    return TRUE;
}

int main(void) {
    CoInitializeEx(0, COINIT_MULTITHREADED);
    HRESULT hr = CoCreateInstance(&Automation, 0, CLSCTX_INPROC_SERVER, &Interface, (void **)&automation);
    if (FAILED(hr)) return printf("no automation: %lx\n", hr), 1;
    CALL(automation, TRUE_CONDITION, (Object *, Object **), &any);
    CALL(automation, CACHE_REQUEST, (Object *, Object **), &request);
    if (!any || !request) return printf("no request\n"), 1;
    for (int i = 0; i < sizeof wanted / sizeof *wanted; i++) CALL(request, ADD_PROPERTY, (Object *, int), wanted[i]);
    EnumWindows(window, 0);
    return 0;
}
