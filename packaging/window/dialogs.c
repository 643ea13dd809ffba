/* Prints what stands on the desktop's dialogs that are not Qt's, such as a setup's, a line a control: its kind, where it
   stands (left, top, width, height), how much its words need at that width (width, height; 0 0 where it has none), and its
   words. The dialog itself comes first, its inside as its place. For trying the setup under Wine; not shipped. */
#include <windows.h>
#include <stdio.h>

static void put(const WCHAR *text) {
    char line[8192];
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, line, sizeof line, 0, 0);
    if (size > 0) for (char *c = line; *c; c++) putchar((unsigned char)*c < ' ' ? ' ' : *c);
}

/* A font of another program cannot be used here, so those of NSIS' pages are made anew: 8 points, headings bold, and the
   titles of the first and the last page 12. */
enum { PAGE_TITLE = 1201, HEADING = 1037 };
static HFONT font_of(HWND handle, HDC dc) {
    int id = GetDlgCtrlID(handle), points = id == PAGE_TITLE ? 12 : 8;
    int weight = id == PAGE_TITLE || id == HEADING ? FW_BOLD : FW_NORMAL;
    return CreateFontW(-MulDiv(points, GetDeviceCaps(dc, LOGPIXELSY), 72), 0, 0, 0, weight, 0, 0, 0, DEFAULT_CHARSET, 0, 0,
                       DEFAULT_QUALITY, 0, L"MS Shell Dlg");
}

/* As the system would lay them out: a button's on one line unless it may have several, beside its box where it has one. */
static RECT needed(HWND handle, const WCHAR *kind, const WCHAR *text, RECT inside) {
    RECT need = {0, 0, inside.right, 0};
    LONG style = GetWindowLongW(handle, GWL_STYLE);
    BOOL is_button = !lstrcmpiW(kind, L"Button"), one_line = is_button && !(style & BS_MULTILINE);
    BOOL boxed = is_button && (style & BS_TYPEMASK) >= BS_CHECKBOX && (style & BS_TYPEMASK) <= BS_AUTORADIOBUTTON;
    BOOL breaks = !is_button && style & SS_EDITCONTROL;
    UINT lines = one_line ? DT_SINGLELINE : breaks ? DT_WORDBREAK | DT_EDITCONTROL : DT_WORDBREAK;
    HDC dc = GetDC(handle);
    HFONT font = font_of(handle, dc);
    HGDIOBJ before = SelectObject(dc, font);
    if (*text) DrawTextW(dc, text, -1, &need, DT_CALCRECT | DT_EXPANDTABS | lines);
    else need.right = 0;
    SelectObject(dc, before);
    DeleteObject(font);
    ReleaseDC(handle, dc);
    if (boxed) need.right += GetSystemMetrics(SM_CXMENUCHECK);
    return need;
}

static void tell(HWND handle, const WCHAR *text) {
    WCHAR kind[64];
    RECT inside;
    POINT corner = {0, 0};
    GetClassNameW(handle, kind, 64);
    GetClientRect(handle, &inside);
    ClientToScreen(handle, &corner);
    put(kind);
    printf("\t%ld %ld %ld %ld", corner.x, corner.y, inside.right, inside.bottom);
    RECT need = needed(handle, kind, text, inside);
    printf("\t%ld %ld\t", need.right, need.bottom);
    put(text);
    putchar('\n');
}

static BOOL CALLBACK control(HWND handle, LPARAM unused) {
    WCHAR text[4096], kind[64];
    GetClassNameW(handle, kind, 64);
    if (!IsWindowVisible(handle) || (lstrcmpiW(kind, L"Static") && lstrcmpiW(kind, L"Button"))) return TRUE;
    text[0] = 0;
    SendMessageTimeoutW(handle, WM_GETTEXT, 4096, (LPARAM)text, SMTO_ABORTIFHUNG, 3000, 0);
    if (*text) tell(handle, text);
    return TRUE;
}

static BOOL CALLBACK window(HWND handle, LPARAM unused) {
    WCHAR kind[64];
    GetClassNameW(handle, kind, 64);
    if (!IsWindowVisible(handle) || lstrcmpW(kind, L"#32770")) return TRUE;
    tell(handle, L"");
    EnumChildWindows(handle, control, 0);
    return TRUE;
}

int main(void) {
    SetProcessDPIAware();
    EnumWindows(window, 0);
    return 0;
}
