//! The console's services and the partitions' regions, from shipped data.
//!
//! Not what is in an account. The rows follow the console's own paths and AWS's region table;
//! it grows by a row when AWS adds a service or region worth opening by name.

use super::input::{Field, InputError, Problem};

/// A service of the console.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// As the user types it, and as the CLI calls it where it has a word for it.
    pub id: &'static str,
    /// As AWS calls it.
    pub name: &'static str,
    /// Path (and fragment) below the console's host; `{region}` is filled in.
    pub path: &'static str,
}

/// Finds a service by its id, whatever the case.
///
/// # Errors
/// [`Problem::Unknown`] where there is none.
pub fn service(id: &str) -> Result<&'static Service, InputError> {
    let id = id.trim();
    SERVICES
        .iter()
        .find(|service| service.id.eq_ignore_ascii_case(id))
        .ok_or(InputError::new(Field::Service, Problem::Unknown))
}

/// All services, by name.
pub fn services() -> impl Iterator<Item = &'static Service> {
    SERVICES.iter()
}

/// A region of a partition.
#[derive(Debug, PartialEq, Eq)]
pub struct RegionFact {
    /// e.g. `eu-central-1`.
    pub code: &'static str,
    /// As AWS calls it.
    pub place: &'static str,
    partition: &'static str,
}

/// The regions of a built-in partition, in AWS's order.
pub fn regions_of(partition: &str) -> impl Iterator<Item = &'static RegionFact> {
    REGIONS.iter().filter(move |region| region.partition == partition)
}

const fn at(id: &'static str, name: &'static str, path: &'static str) -> Service {
    Service { id, name, path }
}

static SERVICES: &[Service] = &[
    at("home", "Console Home", "console/home?region={region}"),
    at("apigateway", "API Gateway", "apigateway/main/apis?region={region}"),
    at("athena", "Athena", "athena/home?region={region}"),
    at("backup", "AWS Backup", "backup/home?region={region}"),
    at("billing", "Billing and Cost Management", "costmanagement/home?region={region}"),
    at("cloudformation", "CloudFormation", "cloudformation/home?region={region}#/stacks"),
    at("cloudfront", "CloudFront", "cloudfront/v4/home?region={region}#/distributions"),
    at("cloudtrail", "CloudTrail", "cloudtrailv2/home?region={region}#/"),
    at("cloudwatch", "CloudWatch", "cloudwatch/home?region={region}#home:"),
    at("codebuild", "CodeBuild", "codesuite/codebuild/projects?region={region}"),
    at("codepipeline", "CodePipeline", "codesuite/codepipeline/pipelines?region={region}"),
    at("cognito", "Cognito", "cognito/v2/home?region={region}"),
    at("dynamodb", "DynamoDB", "dynamodbv2/home?region={region}#tables"),
    at("ec2", "EC2", "ec2/home?region={region}#Instances:"),
    at("ecr", "Elastic Container Registry", "ecr/private-registry/repositories?region={region}"),
    at("ecs", "Elastic Container Service", "ecs/v2/clusters?region={region}"),
    at("eks", "Elastic Kubernetes Service", "eks/clusters?region={region}"),
    at("elasticache", "ElastiCache", "elasticache/home?region={region}"),
    at("eventbridge", "EventBridge", "events/home?region={region}#/"),
    at("glue", "AWS Glue", "glue/home?region={region}"),
    at("iam", "IAM", "iam/home?region={region}#/home"),
    at("kms", "Key Management Service", "kms/home?region={region}#/kms/keys"),
    at("lambda", "Lambda", "lambda/home?region={region}#/functions"),
    at("logs", "CloudWatch Logs", "cloudwatch/home?region={region}#logsV2:log-groups"),
    at("organizations", "AWS Organizations", "organizations/v2/home?region={region}"),
    at("rds", "RDS", "rds/home?region={region}#databases:"),
    at("route53", "Route 53", "route53/v2/hostedzones?region={region}"),
    at("s3", "S3", "s3/buckets?region={region}"),
    at("sagemaker", "SageMaker AI", "sagemaker/home?region={region}"),
    at("secretsmanager", "Secrets Manager", "secretsmanager/listsecrets?region={region}"),
    at("sns", "SNS", "sns/v3/home?region={region}#/topics"),
    at("sqs", "SQS", "sqs/v3/home?region={region}#/queues"),
    at("ssm", "Systems Manager", "systems-manager/home?region={region}"),
    at("stepfunctions", "Step Functions", "states/home?region={region}#/statemachines"),
    at("vpc", "VPC", "vpcconsole/home?region={region}#vpcs:"),
    at("waf", "WAF & Shield", "wafv2-pro/home?region={region}"),
    at("accessanalyzer", "IAM Access Analyzer", "access-analyzer/home?region={region}"),
    at("acm", "Certificate Manager", "acm/home?region={region}#/certificates/list"),
    at("acmpca", "Private Certificate Authority", "acm-pca/home?region={region}#/certificateAuthorities"),
    at("amplify", "Amplify", "amplify/apps?region={region}"),
    at("appconfig", "AppConfig", "systems-manager/appconfig/applications?region={region}"),
    at("apprunner", "App Runner", "apprunner/home?region={region}#/services"),
    at("appsync", "AppSync", "appsync/home?region={region}#/apis"),
    at("autoscaling", "EC2 Auto Scaling", "ec2/home?region={region}#AutoScalingGroups:"),
    at("batch", "Batch", "batch/home?region={region}#queues"),
    at("bedrock", "Bedrock", "bedrock/home?region={region}#/overview"),
    at("budgets", "Budgets", "costmanagement/home?region={region}#/budgets/overview"),
    at("cloudmap", "Cloud Map", "cloudmap/home/namespaces?region={region}"),
    at("cloudshell", "CloudShell", "cloudshell/home?region={region}"),
    at("codeartifact", "CodeArtifact", "codesuite/codeartifact/repositories?region={region}"),
    at("codecommit", "CodeCommit", "codesuite/codecommit/repositories?region={region}"),
    at("codedeploy", "CodeDeploy", "codesuite/codedeploy/applications?region={region}"),
    at("config", "AWS Config", "config/home?region={region}#/dashboard"),
    at("connect", "Connect", "connect/v2/app/instances?region={region}"),
    at("connections", "Developer Tools connections", "codesuite/settings/connections?region={region}"),
    at("datasync", "DataSync", "datasync/home?region={region}#/tasks"),
    at("directconnect", "Direct Connect", "directconnect/v2/home?region={region}#/connections"),
    at("dms", "Database Migration Service", "dms/v2/home?region={region}#tasks"),
    at("documentdb", "DocumentDB", "docdb/home?region={region}#clusters"),
    at("ds", "Directory Service", "directoryservicev2/home?region={region}#!/directories"),
    at("efs", "EFS", "efs/home?region={region}#/file-systems"),
    at("elasticbeanstalk", "Elastic Beanstalk", "elasticbeanstalk/home?region={region}#/environments"),
    at("elb", "Elastic Load Balancing", "ec2/home?region={region}#LoadBalancers:"),
    at("emr", "EMR", "emr/home?region={region}#/clusters"),
    at("firehose", "Data Firehose", "firehose/home?region={region}#/streams"),
    at("flink", "Managed Service for Apache Flink", "flink/home?region={region}#/dashboard"),
    at("fsx", "FSx", "fsx/home?region={region}#file-systems"),
    at("globalaccelerator", "Global Accelerator", "globalaccelerator/home?region={region}#GlobalAcceleratorDashboard:"),
    at("guardduty", "GuardDuty", "guardduty/home?region={region}#/summary"),
    at("health", "Health Dashboard", "health/home?region={region}#/account/dashboard/open-issues"),
    at("imagebuilder", "EC2 Image Builder", "imagebuilder/home?region={region}#/pipelines"),
    at("inspector", "Inspector", "inspector/v2/home?region={region}#/dashboard"),
    at("iot", "IoT Core", "iot/home?region={region}#/thinghub"),
    at("kafka", "Managed Streaming for Apache Kafka", "msk/home?region={region}#/clusters"),
    at("keyspaces", "Keyspaces", "keyspaces/home?region={region}#keyspaces"),
    at("kinesis", "Kinesis Data Streams", "kinesis/home?region={region}#/streams/list"),
    at("lakeformation", "Lake Formation", "lakeformation/home?region={region}"),
    at("lex", "Lex", "lexv2/home?region={region}#bots"),
    at("macie", "Macie", "macie/home?region={region}#summary"),
    at("medialive", "Elemental MediaLive", "medialive/home?region={region}#/channels"),
    at("memorydb", "MemoryDB", "memorydb/home?region={region}#/clusters"),
    at("mq", "Amazon MQ", "amazon-mq/home?region={region}#/brokers"),
    at("mwaa", "Managed Workflows for Apache Airflow", "mwaa/home?region={region}#environments"),
    at("neptune", "Neptune", "neptune/home?region={region}#databases:"),
    at("networkfirewall", "Network Firewall", "vpcconsole/home?region={region}#NetworkFirewalls:"),
    at("opensearch", "OpenSearch Service", "aos/home?region={region}#opensearch/domains"),
    at("pipes", "EventBridge Pipes", "events/home?region={region}#/pipes"),
    at("ram", "Resource Access Manager", "ram/home?region={region}#OwnedResourceShares:"),
    at("redshift", "Redshift", "redshiftv2/home?region={region}#clusters"),
    at("resourcegroups", "Resource Groups", "resource-groups/home?region={region}"),
    at("route53resolver", "Route 53 Resolver", "route53resolver/home?region={region}#/endpoints"),
    at("scheduler", "EventBridge Scheduler", "scheduler/home?region={region}#schedules"),
    at("securityhub", "Security Hub", "securityhub/home?region={region}#/summary"),
    at("servicecatalog", "Service Catalog", "servicecatalog/home?region={region}#admin-products"),
    at("servicequotas", "Service Quotas", "servicequotas/home/services?region={region}"),
    at("ses", "Simple Email Service", "ses/home?region={region}#/identities"),
    at("sso", "IAM Identity Center", "singlesignon/home?region={region}"),
    at("storagegateway", "Storage Gateway", "storagegateway/home/gateways?region={region}"),
    at("support", "Support Center", "support/home?region={region}#/"),
    at("synthetics", "CloudWatch Synthetics", "cloudwatch/home?region={region}#synthetics:canary/list"),
    at("timestream", "Timestream", "timestream/home?region={region}#databases"),
    at("transfer", "Transfer Family", "transfer/home?region={region}#/servers"),
    at("trustedadvisor", "Trusted Advisor", "trustedadvisor/home?region={region}#/dashboard"),
    at("workspaces", "WorkSpaces", "workspaces/v2/workspaces?region={region}"),
    at("xray", "X-Ray", "cloudwatch/home?region={region}#xray:traces/query"),
];

const fn region(code: &'static str, place: &'static str, partition: &'static str) -> RegionFact {
    RegionFact { code, place, partition }
}

static REGIONS: &[RegionFact] = &[
    region("us-east-1", "N. Virginia", "aws"),
    region("us-east-2", "Ohio", "aws"),
    region("us-west-1", "N. California", "aws"),
    region("us-west-2", "Oregon", "aws"),
    region("af-south-1", "Cape Town", "aws"),
    region("ap-east-1", "Hong Kong", "aws"),
    region("ap-east-2", "Taipei", "aws"),
    region("ap-northeast-1", "Tokyo", "aws"),
    region("ap-northeast-2", "Seoul", "aws"),
    region("ap-northeast-3", "Osaka", "aws"),
    region("ap-south-1", "Mumbai", "aws"),
    region("ap-south-2", "Hyderabad", "aws"),
    region("ap-southeast-1", "Singapore", "aws"),
    region("ap-southeast-2", "Sydney", "aws"),
    region("ap-southeast-3", "Jakarta", "aws"),
    region("ap-southeast-4", "Melbourne", "aws"),
    region("ap-southeast-5", "Malaysia", "aws"),
    region("ap-southeast-6", "New Zealand", "aws"),
    region("ap-southeast-7", "Thailand", "aws"),
    region("ca-central-1", "Central", "aws"),
    region("ca-west-1", "Calgary", "aws"),
    region("eu-central-1", "Frankfurt", "aws"),
    region("eu-central-2", "Zurich", "aws"),
    region("eu-north-1", "Stockholm", "aws"),
    region("eu-south-1", "Milan", "aws"),
    region("eu-south-2", "Spain", "aws"),
    region("eu-west-1", "Ireland", "aws"),
    region("eu-west-2", "London", "aws"),
    region("eu-west-3", "Paris", "aws"),
    region("il-central-1", "Tel Aviv", "aws"),
    region("me-central-1", "UAE", "aws"),
    region("me-south-1", "Bahrain", "aws"),
    region("mx-central-1", "Mexico Central", "aws"),
    region("sa-east-1", "São Paulo", "aws"),
    region("cn-north-1", "Beijing", "aws-cn"),
    region("cn-northwest-1", "Ningxia", "aws-cn"),
    region("us-gov-east-1", "US-East", "aws-us-gov"),
    region("us-gov-west-1", "US-West", "aws-us-gov"),
    region("eusc-de-east-1", "Brandenburg", "aws-eusc"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partition::Partition;

    #[test]
    fn services_are_found_by_id_and_no_id_stands_twice() {
        assert_eq!(service(" S3 ").map(|service| service.name), Ok("S3"));
        assert!(service("s4").is_err());
        let mut ids: Vec<_> = services().map(|service| service.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), services().count());
    }

    #[test]
    fn every_built_in_partition_has_regions_and_its_default_is_one_of_them() {
        for partition in Partition::built_in() {
            assert!(
                partition.regions().iter().any(|region| region == partition.default_region()),
                "{}",
                partition.name()
            );
        }
    }
}
