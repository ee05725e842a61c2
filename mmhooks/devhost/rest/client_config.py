"""The configuration as clients see it: of what the host does not have, a server's values as it is set up at first."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.devhost.rest.call import Call, Router

router = Router()

_OPEN: Final = """\
AboutLink=https://mattermost.com/pl/about-mattermost
AllowDownloadLogs=true
AndroidAppDownloadLink=https://mattermost.com/pl/android-app/
AndroidLatestVersion=
AndroidMinVersion=
AppDownloadLink=https://mattermost.com/pl/download-apps
AppsPluginEnabled=false
AsymmetricSigningPublicKey=
BuildDate=
BuildEnterpriseReady=
BuildHash=
BuildHashEnterprise=
BuildNumber=mmhooks
CWSURL=
CustomBrandText=
CustomDescriptionText=
DiagnosticsEnabled=false
EmailLoginButtonBorderColor=#2389D7
EmailLoginButtonColor=#0000
EmailLoginButtonTextColor=#2389D7
EnableAskCommunityLink=true
EnableClientMetrics=true
EnableComplianceExport=false
EnableCustomBrand=false
EnableDesktopLandingPage=true
EnableDiagnostics=false
EnableFile=true
EnableGuestAccounts=false
EnableJoinLeaveMessageByDefault=true
EnableLdap=false
EnableMultifactorAuthentication=false
EnableOpenServer=true
EnableSaml=false
EnableSignInWithEmail=true
EnableSignInWithUsername=true
EnableSignUpWithEmail=true
EnableSignUpWithGoogle=false
EnableSignUpWithOffice365=false
EnableSignUpWithOpenId=false
EnableUserStatuses=true
EnforceMultifactorAuthentication=false
FeatureFlagAppsEnabled=false
FeatureFlagAttributeBasedAccessControl=true
FeatureFlagAutoTranslation=false
FeatureFlagChannelBookmarks=true
FeatureFlagCloudAnnualRenewals=false
FeatureFlagCloudDedicatedExportUI=false
FeatureFlagCloudIPFiltering=false
FeatureFlagContentFlagging=false
FeatureFlagCustomProfileAttributes=true
FeatureFlagDeprecateCloudFree=false
FeatureFlagEnableExportDirectDownload=false
FeatureFlagEnableMattermostEntry=true
FeatureFlagEnableRemoteClusterService=false
FeatureFlagEnableSharedChannelsDMs=false
FeatureFlagEnableSharedChannelsMemberSync=false
FeatureFlagEnableSharedChannelsPlugins=true
FeatureFlagEnableSyncAllUsersForRemoteCluster=false
FeatureFlagExperimentalAuditSettingsSystemConsoleUI=true
FeatureFlagInteractiveDialogAppsForm=true
FeatureFlagMobileSSOCodeExchange=true
FeatureFlagMoveThreadsEnabled=false
FeatureFlagNormalizeLdapDNs=false
FeatureFlagNotificationMonitoring=true
FeatureFlagOnboardingTourTips=true
FeatureFlagPermalinkPreviews=false
FeatureFlagStreamlinedMarketplace=true
FeatureFlagTestBoolFeature=false
FeatureFlagTestFeature=off
FeatureFlagWebSocketEventScope=true
FeatureFlagWysiwygEditor=false
FileLevel=DEBUG
ForgotPasswordLink=
GuestAccountsEnforceMultifactorAuthentication=false
HasImageProxy=false
HelpLink=https://mattermost.com/pl/help/
HideGuestTags=false
IosAppDownloadLink=https://mattermost.com/pl/ios-app/
IosLatestVersion=
IosMinVersion=
LdapLoginButtonBorderColor=
LdapLoginButtonColor=
LdapLoginButtonTextColor=
LdapLoginFieldName=
MobileExternalBrowser=false
NoAccounts=false
OpenIdButtonColor=
OpenIdButtonText=
PasswordEnableForgotLink=true
PasswordRequireLowercase=false
PasswordRequireNumber=false
PasswordRequireSymbol=false
PasswordRequireUppercase=false
PrivacyPolicyLink=https://mattermost.com/pl/privacy-policy/
ReportAProblemLink=https://mattermost.com/pl/report-a-bug
ReportAProblemMail=
ReportAProblemType=default
SamlLoginButtonBorderColor=
SamlLoginButtonColor=
SamlLoginButtonText=
SamlLoginButtonTextColor=
ServiceEnvironment=production
SupportEmail=
TermsOfServiceLink=https://mattermost.com/pl/terms-of-use/
WebsocketPort=80
WebsocketSecurePort=443
WebsocketURL=
"""
"""For everybody."""
_MORE: Final = """\
AllowBannerDismissal=false
AllowCustomThemes=true
AllowPersistentNotifications=true
AllowPersistentNotificationsForGuests=false
AllowSyncedDrafts=true
AllowedThemes=
AvailableLocales=
BannerColor=
BannerText=
BannerTextColor=
CWSMock=
CustomUrlSchemes=
DataRetentionEnableFileDeletion=false
DataRetentionEnableMessageDeletion=false
DataRetentionFileRetentionHours=0
DataRetentionMessageRetentionHours=0
DefaultTheme=
DelayChannelAutocomplete=false
DeleteAccountLink=
DisableAppBar=false
DisableRefetchingOnBrowserFocus=false
DisableWakeUpReconnectHandler=false
EmailNotificationContentsType=full
EnableAttributeBasedAccessControl=false
EnableBanner=false
EnableChannelScopeAccessControl=true
EnableChannelViewedMessages=true
EnableClientPerformanceDebugging=false
EnableCluster=false
EnableCompliance=false
EnableConfirmNotificationsToChannel=true
EnableCrossTeamSearch=true
EnableCustomGroups=false
EnableDeveloper=false
EnableEmailBatching=false
EnableEmailInvitations=true
EnableEmojiPicker=true
EnableExperimentalLocales=false
EnableGifPicker=true
EnableIncomingWebhooks=true
EnableInlineLatex=true
EnableLastActiveTime=true
EnableLatex=true
EnableLinkPreviews=true
EnableMarketplace=false
EnableMetrics=false
EnableMobileFileDownload=true
EnableMobileFileUpload=true
EnableOAuthServiceProvider=true
EnableOnboardingFlow=true
EnableOutgoingOAuthConnections=false
EnableOutgoingWebhooks=true
EnablePermalinkPreviews=true
EnablePreviewModeBanner=true
EnableSVGs=true
EnableTesting=false
EnableThemeSelection=true
EnableTutorial=true
EnableUserDeactivation=false
EnableUserManagedAttributes=false
EnableUserTypingMessages=true
ExperimentalChannelCategorySorting=false
ExperimentalEnableAuthenticationTransfer=true
ExperimentalEnableAutomaticReplies=false
ExperimentalEnablePostMetadata=true
ExperimentalGroupUnreadChannels=disabled
ExperimentalPrimaryTeam=
ExperimentalSharedChannels=false
ExperimentalTimezone=true
ExtendSessionLengthWithActivity=false
FeatureFlagExperimentalCrossTeamSearch=true
GiphySdkKey=
GoogleDeveloperKey=
IsDefaultMarketplace=true
LdapFirstNameAttributeSet=false
LdapLastNameAttributeSet=false
LdapNicknameAttributeSet=false
LdapPictureAttributeSet=false
LdapPositionAttributeSet=false
LockTeammateNameDisplay=false
ManagedResourcePaths=
MaxMarkdownNodes=0
MaxNotificationsPerChannel=1000
MaxPostSize=16383
MinimumHashtagLength=3
PersistentNotificationIntervalMinutes=5
PersistentNotificationMaxCount=6
PersistentNotificationMaxRecipients=5
PostEditTimeLimit=-1
PostPriority=true
RunJobs=true
SQLDriverName=sqlite3
SamlFirstNameAttributeSet=false
SamlLastNameAttributeSet=false
SamlNicknameAttributeSet=false
SamlPositionAttributeSet=false
SchemaVersion=143
SendPushNotifications=false
ShowEmailAddress=true
ShowFullName=true
TimeBetweenUserTypingUpdatesMilliseconds=5000
UpgradedFromTE=false
UsersStatusAndProfileFetchingPollIntervalMilliseconds=3000
WranglerAllowedEmailDomain=
WranglerMoveThreadFromDirectMessageChannelEnable=false
WranglerMoveThreadFromGroupMessageChannelEnable=false
WranglerMoveThreadFromPrivateChannelEnable=false
WranglerMoveThreadMaxCount=100
WranglerMoveThreadToAnotherTeamEnable=false
WranglerPermittedWranglerRoles=
YoutubeReferrerPolicy=false
"""
"""For those who are logged in."""
_SAME: Final = {
    "ServiceSettings": (
        "SiteURL",
        "EnableBotAccountCreation",
        "EnableUserAccessTokens",
        "EnableCommands",
        "EnableCustomEmoji",
        "EnablePostUsernameOverride",
        "EnablePostIconOverride",
        "CollapsedThreads",
        "ExperimentalEnableDefaultChannelLeaveJoinMessages",
        "UniqueEmojiReactionLimitPerPost",
    ),
    "TeamSettings": (
        "SiteName",
        "EnableUserCreation",
        "EnableCustomUserStatuses",
        "RestrictDirectMessage",
        "TeammateNameDisplay",
    ),
    "FileSettings": ("EnableFileAttachments", "MaxFileSize", "EnablePublicLink"),
    "EmailSettings": ("SendEmailNotifications", "RequireEmailVerification"),
    "LocalizationSettings": ("DefaultClientLocale",),
}
"""Settings by section that have the same name for clients."""
_SETTINGS: Final = {
    **{name: (section, name) for section, names in _SAME.items() for name in names},
    "PasswordMinimumLength": ("PasswordSettings", "MinimumLength"),
    "PluginsEnabled": ("PluginSettings", "Enable"),
    "FeatureFlagConsumePostHook": ("FeatureFlags", "ConsumePostHook"),
}
_OPEN_SETTINGS: Final = frozenset(
    [
        "DefaultClientLocale",
        "DiagnosticId",
        "EnableBotAccountCreation",
        "EnableCustomEmoji",
        "EnableUserCreation",
        "FeatureFlagConsumePostHook",
        "PasswordMinimumLength",
        "PluginsEnabled",
        "SiteName",
        "SiteURL",
        "TelemetryId",
        "Version",
    ]
)


@router.on("GET", "/config/client", open_to_all=True)
def get_client_config(call: Call) -> Any:
    to_all = _values(_OPEN)
    found = to_all | _values(_MORE)
    found |= {name: _text(call.api.setting(*place)) for name, place in _SETTINGS.items()}
    found |= {
        "Version": call.api.get_server_version(),
        "DiagnosticId": call.api.get_diagnostic_id(),
        "TelemetryId": call.api.get_telemetry_id(),
        "InstallationDate": str(call.api.get_system_install_date()),
    }
    if call.user_id:
        return found
    return {name: value for name, value in found.items() if name in _OPEN_SETTINGS or name in to_all}


def _values(lines: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in lines.splitlines())


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
