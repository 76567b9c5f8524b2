//! The pages of the services that have the most of them.
//!
//! As the rows of services beside this file, of which it is a part: those with a few pages name them there.

use super::{ServicePage, page};

pub(super) const EC2: &[ServicePage] = &[
    page("Instances", "インスタンス", "ec2/home?region={region}#Instances:"),
    page("Launch templates", "起動テンプレート", "ec2/home?region={region}#LaunchTemplates:"),
    page("AMIs", "AMI", "ec2/home?region={region}#Images:visibility=owned-by-me"),
    page("Volumes", "ボリューム", "ec2/home?region={region}#Volumes:"),
    page("EBS snapshots", "スナップショット", "ec2/home?region={region}#Snapshots:visibility=owned-by-me"),
    page("Security groups", "セキュリティグループ", "ec2/home?region={region}#SecurityGroups:"),
    page("Elastic IPs", "Elastic IP", "ec2/home?region={region}#Addresses:"),
    page("Key pairs", "キーペア", "ec2/home?region={region}#KeyPairs:"),
    page("Load balancers", "ロードバランサー", "ec2/home?region={region}#LoadBalancers:"),
    page("Target groups", "ターゲットグループ", "ec2/home?region={region}#TargetGroups:"),
    page("Auto Scaling groups", "Auto Scaling グループ", "ec2/home?region={region}#AutoScalingGroups:"),
];

pub(super) const CLOUDWATCH: &[ServicePage] = &[
    page("Alarms", "アラーム", "cloudwatch/home?region={region}#alarmsV2:"),
    page("Dashboards", "ダッシュボード", "cloudwatch/home?region={region}#dashboards:"),
    page("Metrics", "メトリクス", "cloudwatch/home?region={region}#metricsV2"),
    page("Log groups", "ロググループ", "cloudwatch/home?region={region}#logsV2:log-groups"),
    page("Logs Insights", "ログのインサイト", "cloudwatch/home?region={region}#logsV2:logs-insights"),
    page("X-Ray traces", "トレース", "cloudwatch/home?region={region}#xray:traces/query"),
];

pub(super) const IAM: &[ServicePage] = &[
    page("Users", "ユーザー", "iam/home?region={region}#/users"),
    page("User groups", "ユーザーグループ", "iam/home?region={region}#/groups"),
    page("Roles", "ロール", "iam/home?region={region}#/roles"),
    page("Policies", "ポリシー", "iam/home?region={region}#/policies"),
    page("Identity providers", "ID プロバイダ", "iam/home?region={region}#/identity_providers"),
    page("Account settings", "アカウント設定", "iam/home?region={region}#/account_settings"),
    page("Security credentials", "セキュリティ認証情報", "iam/home?region={region}#/security_credentials"),
];

pub(super) const VPC: &[ServicePage] = &[
    page("Subnets", "サブネット", "vpcconsole/home?region={region}#subnets:"),
    page("Route tables", "ルートテーブル", "vpcconsole/home?region={region}#RouteTables:"),
    page("Internet gateways", "インターネットゲートウェイ", "vpcconsole/home?region={region}#igws:"),
    page("NAT gateways", "NAT ゲートウェイ", "vpcconsole/home?region={region}#NatGateways:"),
    page("Endpoints", "エンドポイント", "vpcconsole/home?region={region}#Endpoints:"),
    page("Network ACLs", "ネットワーク ACL", "vpcconsole/home?region={region}#acls:"),
    page("Peering connections", "ピアリング接続", "vpcconsole/home?region={region}#PeeringConnections:"),
    page("Transit gateways", "Transit Gateway", "vpcconsole/home?region={region}#TransitGateways:"),
    page("VPN connections", "VPN 接続", "vpcconsole/home?region={region}#VpnConnections:"),
];

pub(super) const RDS: &[ServicePage] = &[
    page("Databases", "データベース", "rds/home?region={region}#databases:"),
    page("Snapshots", "スナップショット", "rds/home?region={region}#snapshots-list:"),
    page("Parameter groups", "パラメータグループ", "rds/home?region={region}#parameter-groups:"),
    page("Subnet groups", "サブネットグループ", "rds/home?region={region}#db-subnet-groups-list:"),
    page("Events", "イベント", "rds/home?region={region}#event-list:"),
];

pub(super) const SSM: &[ServicePage] = &[
    page("Parameter Store", "パラメータストア", "systems-manager/parameters?region={region}"),
    page("Session Manager", "セッションマネージャー", "systems-manager/session-manager?region={region}"),
    page("Fleet Manager", "フリートマネージャー", "systems-manager/fleet-manager?region={region}"),
    page("Run Command", "コマンドの実行", "systems-manager/run-command?region={region}"),
    page("Patch Manager", "パッチマネージャー", "systems-manager/patch-manager?region={region}"),
    page("Automation", "オートメーション", "systems-manager/automation?region={region}"),
];

pub(super) const BILLING: &[ServicePage] = &[
    page("Bills", "請求書", "billing/home?region={region}#/bills"),
    page("Payments", "支払い", "billing/home?region={region}#/paymenthistory"),
    page("Cost Explorer", "コストエクスプローラー", "costmanagement/home?region={region}#/cost-explorer"),
    page("Budgets", "予算", "costmanagement/home?region={region}#/budgets"),
    page("Savings Plans", "Savings Plans", "costmanagement/home?region={region}#/savings-plans/overview"),
    page("Cost allocation tags", "コスト配分タグ", "billing/home?region={region}#/tags"),
];
