; The setup program. winbuild/setup_exe.py gives VERSION, SIZE_KB, FILES, ICON, OUT and, where it can, TARGET, SIGN and QUICK.
; Exit codes are Windows' own, so that software distribution understands them; docs/windows.md lists them.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetOverwrite on
AllowSkipFiles off
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "ccinc-wizard"
!define TITLE "CCinC-toegangswizard"
!define PUBLISHER "CCinC"
!define WINDOW_EXE "ccinc-wizardw.exe"
!define CONSOLE_EXE "ccinc-wizard.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

; Stands in the folder of a program for all users: paths have too many spellings to compare them with the registry.
!define FOR_ALL "_internal\all-users"

!define EXIT_ELEVATION_REQUIRED 740
!define EXIT_OLD_WINDOWS 1150
!define EXIT_FAILED 1603
!define EXIT_IN_USE 1618
!define EXIT_NEWER_INSTALLED 1638

Name "${TITLE} ${VERSION}"
BrandingText "${TITLE} ${VERSION}"
OutFile "${OUT}"
InstallDir ""
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 ProductName "${TITLE}"
VIAddVersionKey /LANG=0 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileDescription "${TITLE}"
VIAddVersionKey /LANG=0 CompanyName "${PUBLISHER}"
VIAddVersionKey /LANG=0 LegalCopyright ""
!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "French"
!include words-en.nsh
!include words-nl.nsh
!include words-fr.nsh

Var Scope ; "all" or "user"
Var OldVersion
Var OldFolder

; Ends with an exit code, after saying why when someone is looking.
!macro Refuse CODE WORDS
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Whether the program runs, in $R8: Windows lets nobody write to a program that does.
; One error flag for both would not do, as asking for it clears it.
!macro TryToWrite EXE
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${If} ${Errors}
      StrCpy $R8 "${EXE}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro RefuseWhileRunning
  ${Do}
    StrCpy $R8 ""
    !insertmacro TryToWrite "${WINDOW_EXE}"
    !insertmacro TryToWrite "${CONSOLE_EXE}"
    ${If} $R8 == ""
      ${Break}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel ${EXIT_IN_USE}
    Quit
  ${Loop}
!macroend

!macro UseScope
  SetRegView 64
  ${If} $Scope == "all"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    !insertmacro Refuse ${EXIT_OLD_WINDOWS} "$(OLD_WINDOWS)"
  ${EndIf}
  ${GetParameters} $R0
  StrCpy $Scope "user"
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $Scope "all"
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${EXIT_ELEVATION_REQUIRED}
      ${Else}
        ExecShell "runas" "$EXEPATH" "$R0"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro UseScope

  ReadRegStr $OldVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $OldFolder SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $OldVersion != ""
    ${VersionCompare} "$OldVersion" "${VERSION}" $R1
    ${If} $R1 == 1
      !insertmacro Refuse ${EXIT_NEWER_INSTALLED} "$(NEWER_INSTALLED)"
    ${EndIf}
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $OldFolder != ""
      StrCpy $INSTDIR $OldFolder
    ${ElseIf} $Scope == "all"
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  !insertmacro RefuseWhileRunning
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
  ${AndIf} ${FileExists} "$OldFolder\uninstall.exe"
    ExecWait '"$OldFolder\uninstall.exe" /S _?=$OldFolder' $R1
    ${If} $R1 == ${EXIT_IN_USE}
      SetErrorLevel ${EXIT_IN_USE}
      Abort "$(IN_USE)"
    ${EndIf}
    Delete "$OldFolder\uninstall.exe"
    RMDir "$OldFolder"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"

  SetErrorLevel ${EXIT_FAILED}
  ClearErrors
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  ${If} $Scope == "all"
    FileOpen $0 "$INSTDIR\${FOR_ALL}" w
    FileClose $0
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    Abort "$(FAILED)"
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}" 0
  WriteRegStr SHCTX "${APP_PATHS}\${CONSOLE_EXE}" "" "$INSTDIR\${CONSOLE_EXE}"
  WriteRegStr SHCTX "${APP_PATHS}\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE},0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  SetErrorLevel 0
SectionEnd

Function un.onInit
  SetRegView 64
  StrCpy $Scope "user"
  ${If} ${FileExists} "$INSTDIR\${FOR_ALL}"
    StrCpy $Scope "all"
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${EXIT_ELEVATION_REQUIRED}
      ${Else}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro UseScope
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$INSTDIR\${WINDOW_EXE}"
  Delete "$INSTDIR\${CONSOLE_EXE}"
  Delete "$INSTDIR\bom.json"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${APP_PATHS}\${CONSOLE_EXE}"
  DeleteRegKey SHCTX "${APP_PATHS}\${WINDOW_EXE}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"

  ; The log belongs to the organisation: only someone who says so deletes it, and only their own.
  ${If} $Scope == "user"
  ${AndIf} ${FileExists} "$LOCALAPPDATA\${NAME}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_LOG)" /SD IDNO IDNO keep_log
    RMDir /r "$LOCALAPPDATA\${NAME}"
  keep_log:
  ${EndIf}
  SetErrorLevel 0
SectionEnd
