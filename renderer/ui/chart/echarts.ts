import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// Only what our charts use; a chunk of its own that is loaded with the first chart.
use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

export { init }
