//! The rows of services, with the pages inside them that are worth opening by name.
//!
//! Nothing is decided here. It grows by a row when AWS adds a service that people open by name;
//! `words` are what people type or say instead of the name, kana for what is spoken.
//! Source of the Japanese names: the console in Japanese, which leaves most product names in English.

use super::pages::{BILLING, CLOUDWATCH, EC2, IAM, RDS, SSM, VPC};
use super::{Service, at, page};

pub(super) static SERVICES: &[Service] = &[
    at("home", "Console Home", "console/home?region={region}").japanese("コンソールのホーム").words("start ほーむ"),
    at("accessanalyzer", "IAM Access Analyzer", "access-analyzer/home?region={region}")
        .japanese("IAM アクセスアナライザー")
        .words("iam access analyzer"),
    at("account", "Account", "billing/home?region={region}#/account").japanese("アカウント").words("my account"),
    at("acm", "Certificate Manager", "acm/home?region={region}#/certificates/list")
        .words("ssl tls certificate 証明書 しょうめいしょ")
        .pages(&[page("Certificates", "証明書", "acm/home?region={region}#/certificates/list")]),
    at("acmpca", "Private Certificate Authority", "acm-pca/home?region={region}#/certificateAuthorities")
        .words("private ca pca 認証局 にんしょうきょく"),
    at("amplify", "AWS Amplify", "amplify/apps?region={region}").words("あんぷりふぁい"),
    at("apigateway", "API Gateway", "apigateway/main/apis?region={region}")
        .words("apigw agw えーぴーあいげーとうぇい")
        .pages(&[
            page("APIs", "API", "apigateway/main/apis?region={region}"),
            page("Custom domain names", "カスタムドメイン名", "apigateway/main/publish/domain-names?region={region}"),
            page("API keys", "API キー", "apigateway/main/api-keys?region={region}"),
        ]),
    at("appconfig", "AWS AppConfig", "systems-manager/appconfig/applications?region={region}").words("feature flags"),
    at("appflow", "Amazon AppFlow", "appflow/home?region={region}"),
    at("apprunner", "App Runner", "apprunner/home?region={region}#/services"),
    at("appsync", "AWS AppSync", "appsync/home?region={region}#/apis").words("graphql"),
    at("artifact", "AWS Artifact", "artifact/home?region={region}").words("compliance soc iso 監査報告書"),
    at("athena", "Athena", "athena/home?region={region}").words("sql query あてな").pages(&[
        page("Query editor", "クエリエディタ", "athena/home?region={region}#/query-editor"),
        page("Workgroups", "ワークグループ", "athena/home?region={region}#/workgroups"),
    ]),
    at("auditmanager", "Audit Manager", "auditmanager/home?region={region}").words("監査 かんさ"),
    at("autoscaling", "EC2 Auto Scaling", "ec2/home?region={region}#AutoScalingGroups:").words("asg"),
    at("backup", "AWS Backup", "backup/home?region={region}").words("ばっくあっぷ").pages(&[
        page("Backup vaults", "バックアップボールト", "backup/home?region={region}#/backupvaults"),
        page("Backup plans", "バックアッププラン", "backup/home?region={region}#/backupplan"),
        page("Backup jobs", "バックアップジョブ", "backup/home?region={region}#/jobs"),
    ]),
    at("batch", "AWS Batch", "batch/home?region={region}#queues").words("ばっち jobs"),
    at("bedrock", "Amazon Bedrock", "bedrock/home?region={region}#/overview")
        .words("ai llm claude genai べっどろっく 生成AI")
        .pages(&[
            page("Model access", "モデルアクセス", "bedrock/home?region={region}#/modelaccess"),
            page("Knowledge bases", "ナレッジベース", "bedrock/home?region={region}#/knowledge-bases"),
            page("Guardrails", "ガードレール", "bedrock/home?region={region}#/guardrails"),
        ]),
    at("billing", "Billing and Cost Management", "costmanagement/home?region={region}")
        .japanese("請求とコスト管理")
        .words("cost invoice money 請求 せいきゅう こすと 料金 りょうきん 費用 ひよう")
        .pages(BILLING),
    at("budgets", "Budgets", "costmanagement/home?region={region}#/budgets/overview")
        .japanese("予算")
        .words("cost よさん"),
    at("chatbot", "Amazon Q Developer in chat applications", "chatbot/home?region={region}").words("slack chatbot"),
    at("cloud9", "Cloud9", "cloud9control/home?region={region}").words("ide"),
    at("cloudformation", "CloudFormation", "cloudformation/home?region={region}#/stacks")
        .words("cfn cf くらうどふぉーめーしょん")
        .pages(&[
            page("Stacks", "スタック", "cloudformation/home?region={region}#/stacks"),
            page("StackSets", "スタックセット", "cloudformation/home?region={region}#/stacksets"),
            page("Exports", "エクスポート", "cloudformation/home?region={region}#/exports"),
        ]),
    at("cloudfront", "CloudFront", "cloudfront/v4/home?region={region}#/distributions")
        .words("cdn cf くらうどふろんと")
        .pages(&[
            page("Distributions", "ディストリビューション", "cloudfront/v4/home?region={region}#/distributions"),
            page("Functions", "関数", "cloudfront/v4/home?region={region}#/functions"),
            page("Cache policies", "キャッシュポリシー", "cloudfront/v4/home?region={region}#/policies/cache"),
        ]),
    at("cloudhsm", "CloudHSM", "cloudhsm/home?region={region}").words("hsm"),
    at("cloudmap", "Cloud Map", "cloudmap/home/namespaces?region={region}").words("service discovery くらうどまっぷ"),
    at("cloudshell", "CloudShell", "cloudshell/home?region={region}").words("terminal shell くらうどしぇる"),
    at("cloudtrail", "CloudTrail", "cloudtrailv2/home?region={region}#/")
        .words("audit trail 証跡 しょうせき 監査 かんさ くらうどとれいる")
        .pages(&[
            page("Event history", "イベント履歴", "cloudtrailv2/home?region={region}#/events"),
            page("Trails", "証跡", "cloudtrailv2/home?region={region}#/trails"),
        ]),
    at("cloudwatch", "CloudWatch", "cloudwatch/home?region={region}#home:")
        .words("cw monitoring 監視 かんし くらうどうぉっち")
        .pages(CLOUDWATCH),
    at("codeartifact", "CodeArtifact", "codesuite/codeartifact/repositories?region={region}").words("packages"),
    at("codebuild", "CodeBuild", "codesuite/codebuild/projects?region={region}").words("ci build こーどびるど"),
    at("codecommit", "CodeCommit", "codesuite/codecommit/repositories?region={region}").words("git"),
    at("codeconnections", "Developer Tools connections", "codesuite/settings/connections?region={region}")
        .words("github codestar 接続"),
    at("codedeploy", "CodeDeploy", "codesuite/codedeploy/applications?region={region}").words("deploy"),
    at("codepipeline", "CodePipeline", "codesuite/codepipeline/pipelines?region={region}").words("cd pipeline"),
    at("cognito", "Cognito", "cognito/v2/home?region={region}").words("login こぐにーと").pages(&[
        page("User pools", "ユーザープール", "cognito/v2/idp/user-pools?region={region}"),
        page("Identity pools", "アイデンティティプール", "cognito/v2/identity/identity-pools?region={region}"),
    ]),
    at("compute-optimizer", "Compute Optimizer", "compute-optimizer/home?region={region}").words("rightsizing"),
    at("config", "AWS Config", "config/home?region={region}#/dashboard").words("compliance こんふぃぐ").pages(&[
        page("Rules", "ルール", "config/home?region={region}#/rules"),
        page("Resources", "リソース", "config/home?region={region}#/resources"),
    ]),
    at("connect", "Amazon Connect", "connect/v2/app/instances?region={region}").words("call center こねくと"),
    at("controltower", "Control Tower", "controltower/home?region={region}").words("landing zone"),
    at("datasync", "DataSync", "datasync/home?region={region}#/tasks"),
    at("datazone", "Amazon DataZone", "datazone/home?region={region}"),
    at("detective", "Detective", "detective/home?region={region}"),
    at("directconnect", "Direct Connect", "directconnect/v2/home?region={region}#/connections").words("dx 専用線"),
    at("directoryservice", "Directory Service", "directoryservicev2/home?region={region}#!/directories")
        .words("ds active directory ad"),
    at("dms", "Database Migration Service", "dms/v2/home?region={region}#tasks").words("migration 移行 いこう"),
    at("docdb", "DocumentDB", "docdb/home?region={region}#clusters").words("mongo documentdb"),
    at("drs", "Elastic Disaster Recovery", "drs/home?region={region}").words("disaster 災害対策"),
    at("dynamodb", "DynamoDB", "dynamodbv2/home?region={region}#tables")
        .words("ddb dynamo nosql だいなも だいなもでぃーびー")
        .pages(&[
            page("Tables", "テーブル", "dynamodbv2/home?region={region}#tables"),
            page("Explore items", "項目を探索", "dynamodbv2/home?region={region}#item-explorer"),
        ])
        .resource("Table", "テーブル", "dynamodbv2/home?region={region}#table?name={name}"),
    at("ec2", "EC2", "ec2/home?region={region}#Instances:")
        .words("elastic compute cloud server vm いーしーつー サーバー")
        .pages(EC2),
    at("ecr", "Elastic Container Registry", "ecr/private-registry/repositories?region={region}")
        .words("docker images registry")
        .pages(&[page("Repositories", "リポジトリ", "ecr/private-registry/repositories?region={region}")]),
    at("ecs", "Elastic Container Service", "ecs/v2/clusters?region={region}")
        .words("fargate docker container いーしーえす コンテナ")
        .pages(&[
            page("Clusters", "クラスター", "ecs/v2/clusters?region={region}"),
            page("Task definitions", "タスク定義", "ecs/v2/task-definitions?region={region}"),
        ])
        .resource("Cluster", "クラスター", "ecs/v2/clusters/{name}/services?region={region}"),
    at("efs", "Elastic File System", "efs/home?region={region}#/file-systems").words("nfs"),
    at("eks", "Elastic Kubernetes Service", "eks/clusters?region={region}")
        .words("k8s kubernetes くばねてぃす")
        .resource("Cluster", "クラスター", "eks/clusters/{name}?region={region}"),
    at("elasticache", "ElastiCache", "elasticache/home?region={region}").words("redis valkey memcached cache").pages(
        &[
            page("Redis OSS caches", "Redis OSS キャッシュ", "elasticache/home?region={region}#/redis"),
            page("Valkey caches", "Valkey キャッシュ", "elasticache/home?region={region}#/valkey"),
        ],
    ),
    at("elasticbeanstalk", "Elastic Beanstalk", "elasticbeanstalk/home?region={region}#/environments").words("eb"),
    at("elb", "Elastic Load Balancing", "ec2/home?region={region}#LoadBalancers:").words("alb nlb ろーどばらんさー"),
    at("emr", "EMR", "emr/home?region={region}#/clusters").words("hadoop spark"),
    at("eventbridge", "EventBridge", "events/home?region={region}#/").words("events eb cron いべんとぶりっじ").pages(
        &[
            page("Rules", "ルール", "events/home?region={region}#/rules"),
            page("Event buses", "イベントバス", "events/home?region={region}#/eventbuses"),
            page("Schedules", "スケジュール", "scheduler/home?region={region}#schedules"),
            page("Pipes", "パイプ", "events/home?region={region}#/pipes"),
        ],
    ),
    at("firehose", "Data Firehose", "firehose/home?region={region}#/streams").words("kinesis firehose delivery"),
    at("fis", "Fault Injection Service", "fis/home?region={region}#Home").words("chaos"),
    at("flink", "Managed Service for Apache Flink", "flink/home?region={region}#/dashboard")
        .words("kinesis analytics ふりんく"),
    at("fsx", "FSx", "fsx/home?region={region}#file-systems").words("lustre ontap windows file"),
    at("glacier", "S3 Glacier", "glacier/home?region={region}#/vaults").words("archive"),
    at("globalaccelerator", "Global Accelerator", "globalaccelerator/home#GlobalAcceleratorDashboard:"),
    at("glue", "AWS Glue", "glue/home?region={region}").words("etl ぐるー").pages(&[
        page("Jobs", "ジョブ", "gluestudio/home?region={region}#/jobs"),
        page("Data Catalog tables", "データカタログのテーブル", "glue/home?region={region}#/v2/data-catalog/tables"),
        page("Crawlers", "クローラー", "glue/home?region={region}#/v2/data-catalog/crawlers"),
    ]),
    at("grafana", "Managed Grafana", "grafana/home?region={region}").words("amg ぐらふぁな"),
    at("guardduty", "GuardDuty", "guardduty/home?region={region}#/summary").words("threats 脅威 きょうい"),
    at("health", "AWS Health Dashboard", "health/home?region={region}#/account/dashboard/open-issues")
        .words("phd status outage 障害 しょうがい"),
    at("iam", "IAM", "iam/home?region={region}#/home")
        .words("identity access management permissions 権限 けんげん あいあむ")
        .pages(IAM),
    at("identitycenter", "IAM Identity Center", "singlesignon/home?region={region}").words("sso single sign-on").pages(
        &[
            page("Permission sets", "許可セット", "singlesignon/home?region={region}#/instances/permission-sets"),
            page(
                "AWS accounts",
                "AWS アカウント",
                "singlesignon/organization/home?region={region}#/instances/accounts",
            ),
        ],
    ),
    at("imagebuilder", "EC2 Image Builder", "imagebuilder/home?region={region}#/pipelines"),
    at("inspector", "Inspector", "inspector/v2/home?region={region}#/dashboard")
        .words("vulnerabilities cve 脆弱性 ぜいじゃくせい"),
    at("iot", "IoT Core", "iot/home?region={region}#/thinghub").words("mqtt things"),
    at("kendra", "Kendra", "kendra/home?region={region}#indexes"),
    at("keyspaces", "Keyspaces", "keyspaces/home?region={region}#keyspaces").words("cassandra"),
    at("kinesis", "Kinesis", "kinesis/home?region={region}#/streams/list").words("streams data streams きねしす"),
    at("kms", "Key Management Service", "kms/home?region={region}#/kms/keys")
        .words("keys encryption 暗号 鍵 かぎ")
        .pages(&[
            page("Customer managed keys", "カスタマー管理型のキー", "kms/home?region={region}#/kms/keys"),
            page("AWS managed keys", "AWS マネージド型キー", "kms/home?region={region}#/kms/defaultKeys"),
        ]),
    at("lakeformation", "Lake Formation", "lakeformation/home?region={region}#dashboard").words("data lake"),
    at("lambda", "Lambda", "lambda/home?region={region}#/functions")
        .words("function serverless らむだ 関数")
        .pages(&[
            page("Functions", "関数", "lambda/home?region={region}#/functions"),
            page("Layers", "レイヤー", "lambda/home?region={region}#/layers"),
        ])
        .resource("Function", "関数", "lambda/home?region={region}#/functions/{name}"),
    at("lex", "Amazon Lex", "lexv2/home?region={region}#bots").words("bot"),
    at("lightsail", "Lightsail", "ls/webapp/home?region={region}").words("vps らいとせいる"),
    at("location", "Location Service", "location/home?region={region}#/").words("maps geo"),
    at("logs", "CloudWatch Logs", "cloudwatch/home?region={region}#logsV2:log-groups").words("cwl log ログ"),
    at("macie", "Macie", "macie/home?region={region}#summary"),
    at("marketplace", "AWS Marketplace", "marketplace/home?region={region}#/subscriptions"),
    at("mediaconvert", "MediaConvert", "mediaconvert/home?region={region}").words("video 動画"),
    at("medialive", "MediaLive", "medialive/home?region={region}#/channels").words("video live"),
    at("memorydb", "MemoryDB", "memorydb/home?region={region}#/clusters").words("redis valkey"),
    at("mq", "Amazon MQ", "amazon-mq/home?region={region}#/brokers").words("rabbitmq activemq"),
    at("msk", "Managed Streaming for Apache Kafka", "msk/home?region={region}#/clusters").words("kafka かふか"),
    at("mwaa", "Managed Apache Airflow", "mwaa/home?region={region}#environments").words("airflow"),
    at("neptune", "Neptune", "neptune/home?region={region}#databases:").words("graph"),
    at("networkfirewall", "Network Firewall", "vpcconsole/home?region={region}#NetworkFirewalls:").words("anfw"),
    at("opensearch", "OpenSearch Service", "aos/home?region={region}#opensearch/domains")
        .words("elasticsearch es kibana おーぷんさーち"),
    at("organizations", "AWS Organizations", "organizations/v2/home?region={region}")
        .words("org scp 組織 そしき")
        .pages(&[
            page("Accounts", "アカウント", "organizations/v2/home/accounts?region={region}"),
            page(
                "Service control policies",
                "サービスコントロールポリシー",
                "organizations/v2/home/policies/service-control-policy?region={region}",
            ),
        ]),
    at("personalize", "Amazon Personalize", "personalize/home?region={region}"),
    at("pinpoint", "Pinpoint", "pinpoint/home?region={region}").words("push"),
    at("pipes", "EventBridge Pipes", "events/home?region={region}#/pipes").words("ぱいぷ"),
    at("polly", "Polly", "polly/home?region={region}").words("text to speech 音声"),
    at("prometheus", "Managed Service for Prometheus", "prometheus/home?region={region}").words("amp"),
    at("quicksight", "QuickSight", "quicksight/home?region={region}").words("bi quick suite くいっくさいと"),
    at("quotas", "Service Quotas", "servicequotas/home/services?region={region}")
        .words("limits 上限 じょうげん クォータ"),
    at("ram", "Resource Access Manager", "ram/home?region={region}#OwnedResourceShares:")
        .words("share 共有 きょうゆう"),
    at("rds", "RDS", "rds/home?region={region}#databases:")
        .words("aurora mysql postgres database relational データベース あーるでぃーえす おーろら")
        .pages(RDS),
    at("redshift", "Redshift", "redshiftv2/home?region={region}#clusters").words("warehouse れっどしふと"),
    at("rekognition", "Rekognition", "rekognition/home?region={region}").words("image recognition 画像認識"),
    at("resource-explorer", "Resource Explorer", "resource-explorer/home?region={region}#/search")
        .words("find resources"),
    at("resource-groups", "Resource Groups & Tag Editor", "resource-groups/home?region={region}")
        .words("tags tag editor タグ"),
    at("route53", "Route 53", "route53/v2/hostedzones?region={region}")
        .words("r53 dns domain ドメイン るーと53")
        .pages(&[
            page("Hosted zones", "ホストゾーン", "route53/v2/hostedzones?region={region}"),
            page("Health checks", "ヘルスチェック", "route53/healthchecks/home?region={region}"),
            page("Registered domains", "登録済みドメイン", "route53/domains/home?region={region}#/"),
            page("Resolver", "リゾルバー", "route53resolver/home?region={region}"),
        ]),
    at("route53resolver", "Route 53 Resolver", "route53resolver/home?region={region}#/endpoints")
        .words("dns resolver りぞるばー"),
    at("s3", "S3", "s3/buckets?region={region}")
        .words("simple storage bucket ストレージ えすすりー")
        .pages(&[
            page("Buckets", "バケット", "s3/buckets?region={region}"),
            page("Access points", "アクセスポイント", "s3/ap?region={region}"),
            page("Batch Operations", "バッチオペレーション", "s3/jobs?region={region}"),
            page("Storage Lens", "ストレージレンズ", "s3/lens?region={region}"),
            page("Block Public Access", "パブリックアクセスブロック", "s3/settings?region={region}"),
        ])
        .resource("Bucket", "バケット", "s3/buckets/{name}?region={region}"),
    at("sagemaker", "SageMaker AI", "sagemaker/home?region={region}")
        .words("ml jupyter 機械学習 せーじめーかー")
        .pages(&[
            page(
                "Notebook instances",
                "ノートブックインスタンス",
                "sagemaker/home?region={region}#/notebook-instances",
            ),
            page("Endpoints", "エンドポイント", "sagemaker/home?region={region}#/endpoints"),
            page("Training jobs", "トレーニングジョブ", "sagemaker/home?region={region}#/jobs"),
        ]),
    at("scheduler", "EventBridge Scheduler", "scheduler/home?region={region}#schedules")
        .words("cron schedule すけじゅーらー"),
    at("secretsmanager", "Secrets Manager", "secretsmanager/listsecrets?region={region}")
        .words("sm passwords シークレット しーくれっと")
        .resource("Secret", "シークレット", "secretsmanager/secret?name={name}&region={region}"),
    at("securityhub", "Security Hub", "securityhub/home?region={region}#/summary").words("findings せきゅりてぃはぶ"),
    at("servicecatalog", "Service Catalog", "servicecatalog/home?region={region}#admin-products"),
    at("ses", "Simple Email Service", "ses/home?region={region}#/identities")
        .words("mail email メール")
        .pages(&[page("Identities", "ID", "ses/home?region={region}#/identities")]),
    at("shield", "AWS Shield", "wafv2/shieldv2?region={region}#/overview").words("ddos"),
    at("sns", "SNS", "sns/v3/home?region={region}#/topics").words("notification pubsub 通知 つうち").pages(&[
        page("Topics", "トピック", "sns/v3/home?region={region}#/topics"),
        page("Subscriptions", "サブスクリプション", "sns/v3/home?region={region}#/subscriptions"),
    ]),
    at("sqs", "SQS", "sqs/v3/home?region={region}#/queues").words("queue message えすきゅーえす").pages(&[page(
        "Queues",
        "キュー",
        "sqs/v3/home?region={region}#/queues",
    )]),
    at("ssm", "Systems Manager", "systems-manager/home?region={region}").words("しすてむずまねーじゃー").pages(SSM),
    at("stepfunctions", "Step Functions", "states/home?region={region}#/statemachines")
        .words("sfn state machine すてっぷふぁんくしょんず ステートマシン"),
    at("storagegateway", "Storage Gateway", "storagegateway/home/gateways?region={region}"),
    at("support", "Support Center", "support/home?region={region}#/")
        .japanese("サポートセンター")
        .words("case サポート 問い合わせ といあわせ"),
    at("synthetics", "CloudWatch Synthetics", "cloudwatch/home?region={region}#synthetics:canary/list")
        .words("canary かなりあ"),
    at("textract", "Textract", "textract/home?region={region}").words("ocr"),
    at("timestream", "Timestream", "timestream/home?region={region}#databases").words("time series 時系列"),
    at("transcribe", "Transcribe", "transcribe/home?region={region}").words("speech to text 文字起こし"),
    at("transfer", "Transfer Family", "transfer/home?region={region}#/servers").words("sftp ftp"),
    at("translate", "Translate", "translate/home?region={region}").words("翻訳 ほんやく"),
    at("trustedadvisor", "Trusted Advisor", "trustedadvisor/home?region={region}#/dashboard").words("ta"),
    at("vpc", "VPC", "vpcconsole/home?region={region}#vpcs:").words("network ネットワーク ぶいぴーしー").pages(VPC),
    at("waf", "WAF & Shield", "wafv2-pro/home?region={region}").words("firewall acl わふ").pages(&[
        page("Web ACLs", "ウェブ ACL", "wafv2/homev2/web-acls?region={region}"),
        page("IP sets", "IP セット", "wafv2/homev2/ip-sets?region={region}"),
    ]),
    at("wellarchitected", "Well-Architected Tool", "wellarchitected/home?region={region}"),
    at("workspaces", "WorkSpaces", "workspaces/v2/workspaces?region={region}").words("virtual desktop わーくすぺーす"),
    at("xray", "X-Ray", "cloudwatch/home?region={region}#xray:traces/query").words("trace"),
];
