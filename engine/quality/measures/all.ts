import { nameOfRule, type Rule } from '../../contract/rule.ts'
import type { Measure, MeasureScope } from '../rule-measure.ts'
import { measureAggregate, measureFreshness, measureQuery, measureRowCount } from './dataset.ts'
import { measureDistribution } from './distribution.ts'
import { measureForeignKey, measureInList } from './references.ts'
import { measureDependency, measureRows, measureUnique } from './rows.ts'
import { measureDrift, measureOutliers } from './spread.ts'

/**
 * How a rule is measured: the only place that knows every kind.
 * @param name by which earlier results of the rule are found
 * @throws Failure for what is wrong with the rule
 */
export function measureOf(rule: Rule, over: MeasureScope, name = nameOfRule(rule)): Measure {
  switch (rule.check) {
    case 'unique':
      return measureUnique(rule, over)
    case 'functional_dependency':
      return measureDependency(rule, over)
    case 'foreign_key':
      return measureForeignKey(rule, over)
    case 'in_list':
      return measureInList(rule, over)
    case 'row_count':
      return measureRowCount({ ...rule, name }, over)
    case 'freshness':
      return measureFreshness(rule, over)
    case 'aggregate':
      return measureAggregate(rule, over)
    case 'drift':
      return measureDrift(rule, over, name)
    case 'distribution':
      return measureDistribution(rule, over, name)
    case 'outliers':
      return measureOutliers(rule, over)
    case 'sql':
      return measureQuery(rule, over)
    case 'not_null':
    case 'not_blank':
    case 'accepted':
    case 'range':
    case 'length':
    case 'regex':
    case 'pattern':
    case 'type':
    case 'semantic':
    case 'expression':
      return measureRows(rule, over)
  }
}
