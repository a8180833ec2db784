"""The closed vocabularies of infra.yaml, under the names that the rest of the program gives them."""

FORMAT = "hds-audit/1"

ACTIVITIES = ("physical-sites", "hardware", "virtual-infrastructure", "platform", "administration", "backup")
SERVICES = (
    "on-premises",
    "housing",
    "bare-metal",
    "iaas",
    "managed-kubernetes",
    "paas",
    "managed-database",
    "object-storage",
    "key-management",
    "backup",
    "archiving",
    "managed-services",
    "cdn",
    "email",
    "sms",
    "push",
    "health-messaging",
    "video",
    "analytics",
    "advertising",
    "error-monitoring",
    "logging",
    "support-desk",
    "payments",
    "source-code",
    "ai-inference",
    "saas",
)
COMPONENT_KINDS = (
    "application",
    "function",
    "database",
    "object-storage",
    "file-storage",
    "cache",
    "queue",
    "search",
    "backup",
    "log",
    "cdn",
    "load-balancer",
    "gateway",
    "key-store",
    "mail",
    "analytics",
    "monitoring",
    "support",
    "video",
    "ai",
)
CLAUSES_2018 = (
    "certificate-scope",
    "service-description",
    "hosting-locations",
    "data-subject-rights",
    "incident-contact",
    "service-levels",
    "subcontractors",
    "access-control",
    "technical-changes",
    "failure-guarantees",
    "purpose-limitation",
    "end-of-service",
    "return-of-data",
    "destruction",
)
CLAUSES_2026 = (
    "rights-information",
    "third-country-transfers",
    "extra-eu-laws",
    "mitigations",
    "residual-risks",
    "public-transfer-map",
)
LETTERS_28_3 = ("a", "b", "c", "d", "e", "f", "g", "h")
LAYERS = ("volume", "storage-service", "database", "application", "end-to-end")
STANDARDS = ("hads", "hds", "siaf", "iso27001", "iso27701", "iso27018", "iso20000", "secnumcloud")
TRANSFER_BASES = ("adequacy", "dpf", "privacy-shield", "scc", "bcr", "derogation", "none")

SUBJECTS = ("patients", "health-professionals", "minors", "deceased", "staff")
HEALTH = ("none", "nature", "combination", "destination")
SETTINGS = ("prevention", "diagnosis", "care", "social-care", "research", "other")
IDENTIFIABILITY = ("identified", "pseudonymised", "anonymous")
ARTICLE_6 = ("consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests")
ARTICLE_9 = (
    "consent",
    "social-protection",
    "vital-interests",
    "association",
    "made-public",
    "legal-claims",
    "public-interest",
    "care",
    "public-health",
    "research",
)
CATEGORIES = (
    "identity",
    "contact",
    "credentials",
    "health",
    "appointments",
    "national-identifier",
    "health-identifier",
    "payment",
    "genetic",
    "biometric",
    "free-text",
    "technical",
)

CONTROLLER_WORDS = ("health-professionals", "patients", "customers")
HOLDER_WORDS = ("end-users",)
END_WORDS = ("patients", "health-professionals", "devices", "internet")
