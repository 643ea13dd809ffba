/* Writes what Qt holds ready for screen readers of this desktop's windows into looked.txt beside it, as controls.c prints it:
   from inside the program, where a look takes no time, while UI Automation under Wine takes seconds for each. A test compares
   the two. `rundll32 look.dll,look` starts it. For trying the program under Wine; not shipped. */
#define INITGUID
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>
#include <string.h>

DEFINE_GUID(Simple, 0xd6dd68d1, 0x86fd, 0x4332, 0x86, 0x66, 0x9a, 0xbe, 0xde, 0xa2, 0xd2, 0x4c);
DEFINE_GUID(Fragment, 0xf7063da8, 0x8359, 0x439c, 0x92, 0x97, 0xbb, 0xc5, 0x29, 0x9a, 0x7d, 0x87);
typedef struct { void **table; } Object;
#define CALL(object, place, types, ...) ((HRESULT(WINAPI *) types)(object)->table[place])(object, __VA_ARGS__)
#define RELEASE(object) ((ULONG(WINAPI *)(Object *))(object)->table[2])(object)
enum { QUERY = 0, PROPERTY = 5, NAVIGATE = 3, RECTANGLE = 5, NEXT = 1, FIRST = 3 };
enum { NAME = 30005, ENABLED = 30010, ID = 30011 };
static HMODULE self;
static Object *root;

BOOL WINAPI DllMain(HMODULE module, DWORD reason, void *unused) { self = module; return TRUE; }

static FILE *looked(const char *mode) {
    char path[MAX_PATH];
    GetModuleFileNameA(self, path, sizeof path);
    strcpy(strrchr(path, '\\') + 1, "looked.txt");
    return fopen(path, mode);
}

static void text(FILE *file, Object *element, int id) {
    VARIANT value;
    char line[8192];
    VariantInit(&value);
    CALL(element, PROPERTY, (Object *, int, VARIANT *), id, &value);
    BOOL words = value.vt == VT_BSTR && value.bstrVal;
    int size = words ? WideCharToMultiByte(CP_UTF8, 0, value.bstrVal, -1, line, sizeof line, 0, 0) : 0;
    if (size > 0) for (char *c = line; *c; c++) fputc((unsigned char)*c < ' ' ? ' ' : *c, file);
    if (value.vt == VT_BOOL) fputc(value.boolVal ? '1' : '0', file);
    VariantClear(&value);
}

static void tell(FILE *file, Object *fragment) {
    double place[4] = {0};
    Object *element = 0, *child = 0, *after = 0;
    CALL(fragment, QUERY, (Object *, REFIID, Object **), &Simple, &element);
    if (!element) return;
    CALL(fragment, RECTANGLE, (Object *, double *), place);
    text(file, element, ID);
    fprintf(file, "\t%.0f %.0f %.0f %.0f\t", place[0], place[1], place[2], place[3]);
    text(file, element, ENABLED);
    fputc('\t', file);
    text(file, element, NAME);
    fputc('\n', file);
    RELEASE(element);
    CALL(fragment, NAVIGATE, (Object *, int, Object **), FIRST, &child);
    for (; child; child = after) {
        tell(file, child);
        after = 0;
        CALL(child, NAVIGATE, (Object *, int, Object **), NEXT, &after);
        RELEASE(child);
    }
}

static LRESULT WINAPI take(HWND window, WPARAM w, LPARAM l, Object *given) {
    CALL(given, QUERY, (Object *, REFIID, Object **), &Fragment, &root);
    return 0;
}

/* Where Qt's plugin keeps the address of what it hands its own description of a window to. */
static void **handing_over(void) {
    char *plugin = (char *)GetModuleHandleA("qwindows.dll");
    if (!plugin) return 0;
    IMAGE_NT_HEADERS *head = (void *)(plugin + ((IMAGE_DOS_HEADER *)plugin)->e_lfanew);
    DWORD imports = head->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    for (IMAGE_IMPORT_DESCRIPTOR *one = (void *)(plugin + imports); one->Name; one++) {
        IMAGE_THUNK_DATA *name = (void *)(plugin + one->OriginalFirstThunk), *address = (void *)(plugin + one->FirstThunk);
        for (; name->u1.AddressOfData; name++, address++) {
            IMAGE_IMPORT_BY_NAME *called = (void *)(plugin + name->u1.AddressOfData);
            BOOL numbered = IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal);
            if (!numbered && !strcmp((char *)called->Name, "UiaReturnRawElementProvider")) return (void **)&address->u1.Function;
        }
    }
    return 0;
}

static UINT asking(void) { return RegisterWindowMessageA("ccinc-look"); }

/* In the program's own thread: a hook brings it there. */
static LRESULT CALLBACK inside(int code, WPARAM w, LPARAM l) {
    CWPSTRUCT *sent = (CWPSTRUCT *)l;
    void **place = code >= 0 && sent->message == asking() ? handing_over() : 0;
    if (place) {
        DWORD before, again;
        void *usual = *place;
        VirtualProtect(place, sizeof *place, PAGE_READWRITE, &before);
        *place = take;
        SendMessageW(sent->hwnd, WM_GETOBJECT, 0, -25);
        *place = usual;
        VirtualProtect(place, sizeof *place, before, &again);
        FILE *file = root ? looked("ab") : 0;
        if (file) fputc('\n', file), tell(file, root), fclose(file);
        if (root) RELEASE(root);
        root = 0;
    }
    return CallNextHookEx(0, code, w, l);
}

static BOOL CALLBACK window(HWND handle, LPARAM unused) {
    WCHAR kind[128];
    DWORD_PTR answer;
    GetClassNameW(handle, kind, 128);
    if (!IsWindowVisible(handle) || wcsncmp(kind, L"Qt", 2)) return TRUE;
    HHOOK hook = SetWindowsHookExW(WH_CALLWNDPROC, inside, self, GetWindowThreadProcessId(handle, 0));
    SendMessageTimeoutW(handle, asking(), 0, 0, SMTO_NORMAL, 60000, &answer);
    UnhookWindowsHookEx(hook);
    return TRUE;
}

__declspec(dllexport) void CALLBACK look(HWND unused, HINSTANCE program, char *words, int shown) {
    FILE *file = looked("wb");
    if (file) fclose(file);
    EnumWindows(window, 0);
}
