/* A window that offers a file to whoever drags it off, as Explorer does. For trying the program under Wine; not shipped. */
#define COBJMACROS
#include <windows.h>
#include <shlobj.h>

static const WCHAR *file;

/* Ours, as Wine has none of its own: dropped when the button is let go, given up by Escape. */
static HRESULT WINAPI query(IDropSource *self, REFIID id, void **out) { *out = self; return S_OK; }
static ULONG WINAPI held(IDropSource *self) { return 2; }
static HRESULT WINAPI go_on(IDropSource *self, BOOL escape, DWORD keys) {
    return escape ? DRAGDROP_S_CANCEL : keys & MK_LBUTTON ? S_OK : DRAGDROP_S_DROP;
}
static HRESULT WINAPI feedback(IDropSource *self, DWORD effect) { return DRAGDROP_S_USEDEFAULTCURSORS; }
static IDropSourceVtbl table = {query, held, held, go_on, feedback};
static IDropSource source = {&table};

static void drag(HWND window) {
    PIDLIST_ABSOLUTE whole;
    PCUITEMID_CHILD last;
    IShellFolder *folder;
    IDataObject *data;
    DWORD effect;
    if (FAILED(SHParseDisplayName(file, 0, &whole, 0, 0))) return;
    if (FAILED(SHBindToParent(whole, &IID_IShellFolder, (void **)&folder, &last))) return;
    if (FAILED(IShellFolder_GetUIObjectOf(folder, window, 1, &last, &IID_IDataObject, 0, (void **)&data))) return;
    DoDragDrop(data, &source, DROPEFFECT_COPY, &effect);
    PostQuitMessage(effect != DROPEFFECT_COPY);
}

static LRESULT CALLBACK answer(HWND window, UINT message, WPARAM w, LPARAM l) {
    if (message == WM_LBUTTONDOWN) drag(window);
    return DefWindowProcW(window, message, w, l);
}

int WINAPI wWinMain(HINSTANCE program, HINSTANCE before, PWSTR words, int shown) {
    WNDCLASSW kind = {.lpfnWndProc = answer, .hInstance = program, .lpszClassName = L"Offer", .hbrBackground = (HBRUSH)1};
    MSG message;
    OleInitialize(0);
    RegisterClassW(&kind);
    file = words;
    CreateWindowExW(
        WS_EX_TOPMOST, L"Offer", L"Offer", WS_POPUP | WS_VISIBLE, GetSystemMetrics(SM_CXSCREEN) - 64, 0, 64, 64, 0, 0, program, 0);
    while (GetMessageW(&message, 0, 0, 0) > 0) DispatchMessageW(&message);
    return (int)message.wParam;
}
